-- Going from parent to parent ends at a county: no unit is its own ancestor.
WITH RECURSIVE above AS (
    SELECT unit, parent FROM staged_units WHERE parent IS NOT NULL
    UNION
    SELECT above.unit, u.parent FROM above JOIN staged_units AS u ON u.unit = above.parent
    WHERE u.parent IS NOT NULL
)
SELECT u.file, u.row, 'parent' AS "column", 'unit `' || u.unit || '` is its own ancestor.' AS problem,
       'Correct the parents so that each chain ends at a county.' AS remedy
FROM staged_units AS u JOIN above ON above.unit = u.unit AND above.parent = u.unit
