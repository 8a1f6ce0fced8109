-- An indicator changes once in a month.
SELECT file, row, 'month' AS "column",
       'indicator `' || code || '` has a second change in ' || month || '.' AS problem,
       'Delete one of the two rows, or correct its month.' AS remedy
FROM staged_changes
WHERE code IS NOT NULL AND month IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY code, month ORDER BY row) > 1
