-- A results file of the workbook holds one month: the one in its name. A file that is being loaded
-- may hold several.
SELECT file, row, 'month' AS "column",
       CASE WHEN is_month(coalesce(month, '')) THEN 'month ' || month || ' is in a file named after another month.'
            ELSE '`' || coalesce(month, '') || '` is not a month.' END AS problem,
       CASE WHEN starts_with(file, 'data/results/')
                THEN 'Write ' || regexp_extract(file, '([^/]*)\.csv$', 1) || ', or move the row to its own file.'
            WHEN regexp_full_match(month, '[0-9]{4}-[0-9]{2}-[0-9]{2}.*')
                THEN 'Write year and month, as 2016-08: a spreadsheet takes Aug-16 for a day in August.'
            ELSE 'Write year and month, as 2016-08.' END AS remedy
FROM staged_results
WHERE NOT is_month(coalesce(month, ''))
   OR (starts_with(file, 'data/results/') AND NOT ends_with(file, '/' || month || '.csv'))
