-- A results file of the workbook holds one month: the one in its name. A file that is being loaded
-- may hold several.
SELECT file, row, 'month' AS "column",
       CASE WHEN is_month(coalesce(month, '')) THEN 'month ' || month || ' stands in a file named after another month.'
            ELSE '`' || coalesce(month, '') || '` is not a month.' END AS problem,
       CASE WHEN own IS NOT NULL THEN 'Write ' || own || ', or move the row to its own file.'
            WHEN regexp_full_match(month, '[0-9]{4}-[0-9]{2}-[0-9]{2}.*')
                THEN 'Write year and month, as 2016-08: a spreadsheet takes Aug-16 for a day in August.'
            ELSE 'Write year and month, as 2016-08.' END AS remedy
FROM (
    SELECT file, row, month,
           nullif(regexp_extract(file, '^data/results/([^/]*)\.csv$', 1), '') AS own
    FROM staged_results
    WHERE month IS NULL OR NOT is_month(month) OR NOT ends_with(file, '/' || month || '.csv')
)
WHERE month IS NULL OR NOT is_month(month) OR own IS NOT NULL
