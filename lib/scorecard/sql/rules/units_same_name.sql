-- The units that belong to one unit at the same time have different names: readers know them by nothing
-- else. Capitals and spaces make no difference.
SELECT u.file, u.row, 'name' AS "column",
       'unit `' || u.unit || '` has the name of unit `' || first(b.unit ORDER BY b.row) || '` (row '
           || min(b.row) || '), which belongs to the same unit.' AS problem,
       'Give the two names that differ in more than capitals and spaces.' AS remedy
FROM staged_units AS u
JOIN staged_units AS b
    ON b.unit <> u.unit AND b.row < u.row AND b.parent IS NOT DISTINCT FROM u.parent
    AND alike(b.name) = alike(u.name)
    AND same_time(u.first_month, u.last_month, b.first_month, b.last_month)
GROUP BY u.file, u.row, u.unit
