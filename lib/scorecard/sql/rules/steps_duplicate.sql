-- An indicator has one step in a month.
SELECT file, row, 'month' AS "column",
       'indicator `' || code || '` has a second step in ' || month || '.' AS problem,
       'Put both reasons in one row.' AS remedy
FROM staged_steps
WHERE code IS NOT NULL AND month IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY code, month ORDER BY row) > 1
