-- title: Results that are in no load
-- group: completeness
-- grade: look
-- rank: 13
-- remedy: Record them with the command `load --edits --why "…"`, or the pack can't be made again later.
--
-- Files in data/results that were edited, added or deleted by hand since the last load. A workbook
-- without any load keeps no history, and is left alone.
WITH brought AS (
    SELECT v.* FROM result_versions AS v JOIN loads AS l ON l.load = v.first_load
    WHERE NOT l.recorded AND NOT v.added_up
),
edits AS (
    SELECT month FROM brought
    UNION ALL
    -- Deleted: it ended with the last recorded load, and nothing came in its place.
    SELECT v.month FROM result_versions AS v JOIN loads AS l ON v.last_load = l.load - 1
    WHERE NOT l.recorded AND NOT v.added_up AND NOT EXISTS (
        SELECT 1 FROM brought AS n
        WHERE n.unit = v.unit AND n.code = v.code AND n.cohort = v.cohort AND n.month = v.month
          AND n.first_load = l.load)
    UNION ALL
    -- What was deleted together with its unit, indicator or cohort.
    SELECT month FROM displaced ANTI JOIN result_versions USING (unit, code, cohort, month)
)
SELECT NULL AS unit, NULL AS code,
       plain(count(*)) || CASE WHEN count(*) = 1 THEN ' result of ' ELSE ' results of ' END
       || month_words(month) || CASE WHEN count(*) = 1 THEN ' was' ELSE ' were' END
       || ' edited by hand since load ' || (SELECT max(load) FROM loads WHERE recorded) || '.' AS says,
       count(*) AS weight
FROM edits
WHERE EXISTS (SELECT 1 FROM loads WHERE recorded) AND month <= getvariable('this_month')
GROUP BY month
