-- The result of a comparator is a plain figure, a percentage not above 100.
SELECT c.file, c.row, 'result' AS "column",
       CASE WHEN c.result IS NULL THEN 'the result is missing.'
            WHEN NOT is_figure(c.result) THEN '`' || c.result || '` is not a figure.'
            ELSE '`' || c.result || '` is above 100%.' END AS problem,
       'Write digits with at most four decimals and no percent sign, as 17.5.' AS remedy
FROM staged_comparators AS c LEFT JOIN staged_indicators AS i ON i.code = c.code
WHERE c.result IS NULL OR NOT is_figure(c.result) OR i.format = 'percent' AND coalesce(i.above_100, 'no') <> 'yes' AND figure(c.result) > 100
