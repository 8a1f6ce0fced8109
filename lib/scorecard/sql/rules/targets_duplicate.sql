-- One target of an indicator comes into force in a month.
SELECT file, row, 'valid_from' AS "column",
       'indicator `' || code || '` has a second target from ' || valid_from || '.' AS problem,
       'Delete one of the two rows.' AS remedy
FROM staged_targets
WHERE code IS NOT NULL AND valid_from IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY code, valid_from ORDER BY row) > 1
