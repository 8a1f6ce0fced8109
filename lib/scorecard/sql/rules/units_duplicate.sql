-- A unit has one row.
SELECT file, row, 'unit' AS "column", 'unit `' || unit || '` is here a second time.' AS problem,
       'Delete one of the two rows.' AS remedy
FROM staged_units
QUALIFY row_number() OVER (PARTITION BY unit ORDER BY row) > 1
