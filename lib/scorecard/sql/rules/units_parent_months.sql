-- A unit belongs to another one only in months in which that other one exists.
WITH parents AS (
    SELECT unit, min(coalesce(first_month, '0001-01')) AS first_month,
           max(coalesce(last_month, '9999-12')) AS last_month
    FROM staged_units GROUP BY unit
)
SELECT u.file, u.row, 'parent' AS "column",
       'unit `' || u.unit || '` belongs to `' || u.parent || '` '
       || CASE WHEN coalesce(u.first_month, '0001-01') < p.first_month
               THEN 'before ' || p.first_month || ', when that begins.'
               ELSE 'after ' || p.last_month || ', when that ends.' END AS problem,
       'Give the unit its first_month and last_month, or another row with its parent of then.' AS remedy
FROM staged_units AS u JOIN parents AS p ON p.unit = u.parent
WHERE coalesce(u.first_month, '0001-01') < p.first_month
   OR coalesce(u.last_month, '9999-12') > p.last_month
