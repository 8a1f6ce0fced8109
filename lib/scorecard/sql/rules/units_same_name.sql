-- The units that belong to one unit have different names: readers know them by nothing else. Capitals
-- and spaces make no difference.
WITH named AS (
    SELECT *, first_value({'unit': unit, 'row': row})
                  OVER (PARTITION BY parent, alike(name) ORDER BY row) AS first
    FROM staged_units WHERE name IS NOT NULL
)
SELECT file, row, 'name' AS "column",
       'unit `' || unit || '` has the name of unit `' || first.unit || '` (row ' || first.row
           || '), which belongs to the same unit.' AS problem,
       'Give the two names that differ in more than capitals and spaces.' AS remedy
FROM named WHERE unit <> first.unit
