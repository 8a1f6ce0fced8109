-- An indicator has one result of a comparator from a month on.
SELECT file, row, 'valid_from' AS "column",
       'indicator `' || code || '` has a second result of ' || comparator || ' from ' || valid_from || '.' AS problem,
       'Delete one of the two rows.' AS remedy
FROM staged_comparators
WHERE code IS NOT NULL AND comparator IS NOT NULL AND valid_from IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY code, comparator, valid_from ORDER BY row) > 1
