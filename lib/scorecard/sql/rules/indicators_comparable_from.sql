-- comparable_from is a month or empty.
SELECT file, row, 'comparable_from' AS "column", '`' || comparable_from || '` is not a month.' AS problem,
       'Write year and month as 2016-04, or leave it empty.' AS remedy
FROM staged_indicators WHERE comparable_from IS NOT NULL AND NOT is_month(comparable_from)
