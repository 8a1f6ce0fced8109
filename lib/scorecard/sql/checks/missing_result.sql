-- title: Results that are missing, though earlier months had them
-- group: completeness
-- grade: look
-- structural: look
-- estimated: look
-- rank: 20
-- remedy: Ask for the missing rows, or write 0 of 0 where nothing fell due. A data period without
--   them is shown as not available.
--
-- Expected is what last month has, or at least half of the twelve months before. A unit that is
-- missing altogether, or an indicator missing for every unit, is listed once.
WITH expected AS (
    SELECT unit, code, cohort FROM missing
    UNION
    SELECT unit, code, cohort FROM came
    WHERE month IN (getvariable('last_month'), getvariable('this_month'))
),
gone_units AS (
    SELECT unit FROM expected GROUP BY unit
    HAVING count(*) > 1 AND bool_and((unit, code, cohort) IN (SELECT (unit, code, cohort) FROM missing))
),
gone_codes AS (
    SELECT code FROM expected GROUP BY code
    HAVING count(DISTINCT unit) > 1
       AND bool_and((unit, code, cohort) IN (SELECT (unit, code, cohort) FROM missing))
),
listed AS (
    SELECT unit, NULL AS code, any_value(unit_name) AS what, count(*) AS results,
           max(last_seen) AS last_seen
    FROM missing WHERE unit IN (FROM gone_units) GROUP BY unit
    UNION ALL
    SELECT NULL, code, arg_min(name, cohort <> 'all'), count(*), max(last_seen)
    FROM missing WHERE code IN (FROM gone_codes) AND unit NOT IN (FROM gone_units) GROUP BY code
    UNION ALL
    SELECT unit, code, any_value(unit_name) || ', ' || arg_min(name, cohort <> 'all'), count(*), max(last_seen)
    FROM missing WHERE code NOT IN (FROM gone_codes) AND unit NOT IN (FROM gone_units)
    GROUP BY unit, code
)
SELECT unit, code,
       what || ' has no result for ' || month_words(getvariable('this_month'))
       || CASE WHEN results > 1 THEN ' (' || results || ' rows are expected)' ELSE '' END
       || '; the last one is for ' || month_words(last_seen) || '.' AS says,
       results AS weight
FROM listed
