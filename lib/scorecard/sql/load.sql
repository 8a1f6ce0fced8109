-- Loads the staged results of the months in `touched`, with every change of them that a load records. `touched` has
-- every month, or for a store that grows (store/growing.py) only the months that differ. First the old results of these
-- months are deleted, and the sums that may rest on them; `former`, `months_before` and `series_before` keep what the
-- store held before.
CREATE TEMP TABLE former AS
FROM result_versions
WHERE month IN (FROM touched) OR (added_up AND month >= (SELECT min(month) FROM touched));
CREATE TEMP TABLE months_before AS FROM months_reported;
CREATE TEMP TABLE series_before AS FROM cohort_series();
DELETE FROM result_versions
WHERE month IN (FROM touched) OR (added_up AND month >= (SELECT min(month) FROM touched));
DELETE FROM displaced WHERE month IN (FROM touched);

-- changes : each change of a result that a load records, and, as one more load, each difference between the files and
-- the last load: the files were edited by hand since, or there are no loads yet. The files are right.
CREATE TEMP TABLE changes AS
WITH recorded AS (
    SELECT unit, code, cohort, CAST(month || '-01' AS DATE) AS month, load, change <> 'removed' AS here,
           counted_num(num, denom) AS num, figure(denom) AS denom, finished_result(num, denom) AS result,
           given_places(num, denom) AS result_places, stated(num) AS status, provenance
    FROM staged_ledger
    -- A result is left out if its unit, indicator or cohort is no longer in data/reference: it can't be asked for.
    WHERE unit IN (SELECT unit FROM units) AND code IN (SELECT code FROM indicators)
      AND cohort IN (SELECT cohort FROM cohorts)
),
-- Nearly every result is in one load only. To look for the last load of the few that are in several takes half the
-- time of a window function over all.
recorded_again AS (
    SELECT unit, code, cohort, month, max(load) AS load FROM recorded GROUP BY ALL HAVING count(*) > 1
),
last_recorded AS (
    FROM recorded AS r
    ANTI JOIN recorded_again AS a
        ON a.unit = r.unit AND a.code = r.code AND a.cohort = r.cohort AND a.month = r.month AND a.load > r.load
),
now AS (
    SELECT unit, code, cohort, CAST(month || '-01' AS DATE) AS month, true AS here,
           counted_num(num, denom) AS num, figure(denom) AS denom, finished_result(num, denom) AS result,
           given_places(num, denom) AS result_places, stated(num) AS status, provenance
    FROM staged_results
)
SELECT unit, code, cohort, month, load, here, num, denom, result, result_places, status, provenance FROM recorded
UNION ALL
SELECT unit, code, cohort, month, (SELECT coalesce(max(load), 0) + 1 FROM loads), now.here IS NOT NULL,
       now.num, now.denom, now.result, now.result_places, now.status, now.provenance
FROM now FULL JOIN (FROM last_recorded WHERE here) AS l USING (unit, code, cohort, month)
WHERE now.here IS DISTINCT FROM l.here
   OR (now.num, now.denom, now.result, now.status, now.provenance)
      IS DISTINCT FROM (l.num, l.denom, l.result, l.status, l.provenance);

INSERT INTO displaced
WITH recorded AS (
    SELECT unit, code, cohort, CAST(month || '-01' AS DATE) AS month, load, change FROM staged_ledger
)
SELECT unit, code, cohort, month
FROM recorded AS r
WHERE code NOT IN (SELECT code FROM indicators) OR cohort NOT IN (SELECT cohort FROM cohorts)
   OR NOT EXISTS (
       FROM unit_spells AS s WHERE s.unit = r.unit AND r.month BETWEEN s.first_month AND s.last_month
   )
GROUP BY unit, code, cohort, month
HAVING arg_max(change, load) <> 'removed';

CREATE TEMP TABLE versions AS
WITH changed_again AS (
    SELECT unit, code, cohort, month FROM changes GROUP BY ALL HAVING count(*) > 1
),
lasting AS (
    SELECT *, end_of_loads() AS last_load FROM changes ANTI JOIN changed_again USING (unit, code, cohort, month)
    UNION ALL
    SELECT *, coalesce(lead(load) OVER (PARTITION BY unit, code, cohort, month ORDER BY load) - 1, end_of_loads())
    FROM changes SEMI JOIN changed_again USING (unit, code, cohort, month)
)
SELECT unit, code, cohort, month, num, denom, result, result_places, status, provenance, false AS added_up,
       CAST(NULL AS VARCHAR[]) AS provenances, load AS first_load, last_load
FROM lasting WHERE here;
DROP TABLE changes;

INSERT INTO loads
SELECT DISTINCT load, CAST(NULL AS TIMESTAMP), NULL, NULL, NULL, false
FROM (
    SELECT unnest([first_load, last_load + 1]) AS load
    FROM (SELECT first_load, last_load::BIGINT AS last_load FROM versions
          UNION ALL SELECT first_load, last_load FROM result_versions)
    UNION ALL
    SELECT (SELECT max(load) + 1 FROM loads) FROM displaced
)
WHERE load NOT IN (SELECT load FROM loads) AND load <= end_of_loads();

-- All are made again: after a new load, other packs may be the published ones.
DELETE FROM showings;
INSERT INTO showings
SELECT i.code, m.month, p.month = m.month AS own, p.from_load, min(p.load)
FROM (
    SELECT CAST(unnest(generate_series(min(month), max(month), INTERVAL 1 MONTH)) AS DATE) AS month
    FROM (SELECT month FROM versions UNION ALL SELECT month FROM result_versions)
) AS m
JOIN publications AS p ON m.month BETWEEN page_opens(p.month) AND p.month
JOIN indicator_spells AS i ON p.month BETWEEN i.first_month AND i.last_month
GROUP BY ALL;
