-- title: The month's file is cut short
-- group: completeness
-- grade: stops
-- rank: 1
-- remedy: Export the month again and look for a filter or a broken download; the file should hold
--   every unit and indicator that last month's holds.
--
-- Fewer than half of last month's results came again: no council changes that much in a month.
WITH again AS (
    SELECT count(*) AS expected,
           count(*) FILTER ((unit, code, cohort) IN (SELECT (unit, code, cohort) FROM arrived)) AS found
    FROM came WHERE month = getvariable('last_month') AND NOT added_up
)
SELECT NULL AS unit, NULL AS code,
       'Of the ' || plain(expected) || ' results of ' || month_words(getvariable('last_month'))
       || ', ' || month_words(getvariable('this_month')) || ' has only ' || plain(found) || '.' AS says
FROM again WHERE 2 * found < expected
