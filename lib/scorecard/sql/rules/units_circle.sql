-- Going from parent to parent ends at a county: no unit is its own ancestor in any month.
WITH RECURSIVE above AS (
    SELECT unit, parent, coalesce(first_month, '0001-01') AS first_month,
           coalesce(last_month, '9999-12') AS last_month
    FROM staged_units WHERE parent IS NOT NULL
    UNION
    SELECT above.unit, u.parent, greatest(above.first_month, coalesce(u.first_month, '0001-01')),
           least(above.last_month, coalesce(u.last_month, '9999-12'))
    FROM above JOIN staged_units AS u
        ON u.unit = above.parent
        AND same_time(above.first_month, above.last_month, u.first_month, u.last_month)
    WHERE u.parent IS NOT NULL
)
SELECT DISTINCT u.file, u.row, 'parent' AS "column", 'unit `' || u.unit || '` is its own ancestor.' AS problem,
       'Correct the parents so that each chain ends at a county.' AS remedy
FROM staged_units AS u
JOIN above
    ON above.unit = u.unit AND above.parent = u.unit
    AND same_time(above.first_month, above.last_month, u.first_month, u.last_month)
