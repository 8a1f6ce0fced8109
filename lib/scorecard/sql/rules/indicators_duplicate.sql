-- An indicator has one row.
SELECT file, row, 'code' AS "column", 'code `' || code || '` is here a second time.' AS problem,
       'Delete one of the two rows, or give one another code.' AS remedy
FROM staged_indicators
WHERE code IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY code ORDER BY row) > 1
