-- title: Indicators without a target in force
-- group: catalogue
-- grade: look
-- structural: information
-- rank: 50
-- remedy: Add a row to data/reference/targets.csv; without one the indicator is shown as not rated.
--
-- An indicator that never had a target probably has none on purpose: the finding is lasting. More than
-- five whose targets start in the same month are listed once.
WITH lacking AS (
    SELECT i.code, i.name, i.position, min(t.valid_from) AS starts
    FROM indicators_in(strftime(getvariable('this_month'), '%Y-%m')) AS i LEFT JOIN targets AS t ON t.code = i.code
    WHERE i.polarity IS NOT NULL
    GROUP BY i.code, i.name, i.position
    HAVING coalesce(min(t.valid_from) > getvariable('this_month'), true)
),
listed AS (
    SELECT code, name || ' has' AS what, starts
    FROM lacking QUALIFY count(*) OVER (PARTITION BY starts) <= 5
    UNION ALL
    SELECT NULL, count(*) || ' indicators (' || listed(list(code ORDER BY position)) || ') have', starts
    FROM lacking GROUP BY starts HAVING count(*) > 5
)
SELECT NULL AS unit, code,
       what || ' no target for ' || month_words(getvariable('this_month'))
       || coalesce('; the first starts in ' || month_words(starts), '') || '.' AS says,
       CASE WHEN starts IS NULL THEN 'every month' ELSE 'new' END AS lasting
FROM listed
