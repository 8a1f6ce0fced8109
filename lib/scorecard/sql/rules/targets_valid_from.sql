-- A target comes into force in a month.
SELECT file, row, 'valid_from' AS "column", '`' || coalesce(valid_from, '') || '` is not a month.' AS problem,
       'Write the first month in which it is in force, as 2016-04.' AS remedy
FROM staged_targets WHERE valid_from IS NULL OR NOT is_month(valid_from)
