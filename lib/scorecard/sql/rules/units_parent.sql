-- Only a county has no parent; every other unit belongs to one that the file lists.
SELECT u.file, u.row, 'parent' AS "column",
       CASE WHEN u.kind = 'county' THEN 'a county belongs to no other unit, yet its parent is `' || u.parent || '`.'
            WHEN u.parent IS NULL THEN 'unit `' || coalesce(u.unit, '') || '` belongs to no other unit.'
            ELSE 'parent `' || u.parent || '` is not a unit of this file.' END AS problem,
       CASE WHEN u.kind = 'county' THEN 'Leave the parent empty.'
            WHEN u.parent IS NULL THEN 'Name the unit it belongs to.'
            ELSE did_you_mean(u.parent, (SELECT list(unit) FROM staged_units)) END AS remedy
FROM staged_units AS u
WHERE CASE WHEN u.kind = 'county' THEN u.parent IS NOT NULL
           ELSE u.parent IS NULL OR u.parent NOT IN (SELECT unit FROM staged_units WHERE unit IS NOT NULL) END
