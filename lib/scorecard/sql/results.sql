-- Inserts the versions of results, supplied ones and sums, with what a pack showed of each before (with_revisions).
-- They are in the order in which the macros read them: DuckDB then skips blocks that can't hold a unit and indicator.
INSERT INTO result_versions
SELECT v.*, CAST(s.row AS INTEGER) AS row
FROM with_revisions('versions') AS v
LEFT JOIN staged_results AS s
    ON s.unit = v.unit AND s.code = v.code AND s.cohort = v.cohort
    AND s.month = strftime(v.month, '%Y-%m') AND v.last_load = end_of_loads()
ORDER BY v.unit, v.code, v.cohort, v.month, v.first_load;

DELETE FROM supplied_places WHERE month IN (SELECT month FROM versions UNION SELECT month FROM former);
INSERT INTO supplied_places
SELECT code, month, first_load, last_load, coalesce(max(decimals(num)), 0), coalesce(max(decimals(denom)), 0)
FROM result_versions WHERE month IN (SELECT month FROM versions UNION SELECT month FROM former)
GROUP BY code, month, first_load, last_load;
DROP TABLE versions;

-- The figures that are to be worked out: all of `whole_months`, since the month itself came or went, or another load
-- brought it; and those in `stale`. In a store that does not grow, all are in whole months.
CREATE TEMP TABLE whole_months AS
SELECT DISTINCT month
FROM (
    (FROM months_before EXCEPT FROM months_reported) UNION ALL (FROM months_reported EXCEPT FROM months_before)
);
CREATE TEMP TABLE stale (unit VARCHAR, code VARCHAR, cohort VARCHAR, month DATE, short_term BOOLEAN);
