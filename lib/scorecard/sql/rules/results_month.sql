-- A file holds one month: the one in its name.
SELECT file, row, 'month' AS "column",
       CASE WHEN month IS NULL OR NOT is_month(month) THEN '`' || coalesce(month, '') || '` is not a month.'
            ELSE 'month ' || month || ' stands in a file named after another month.' END AS problem,
       'Write ' || regexp_extract(file, '([^/]*)\.csv$', 1) || ', or move the row to its own file.' AS remedy
FROM staged_results
WHERE month IS NULL OR NOT is_month(month) OR NOT ends_with(file, '/' || month || '.csv')
