-- A unit has a name for readers.
SELECT file, row, 'name' AS "column", 'unit `' || coalesce(unit, '') || '` has no name.' AS problem,
       'Write the name that readers know.' AS remedy
FROM staged_units WHERE name IS NULL
