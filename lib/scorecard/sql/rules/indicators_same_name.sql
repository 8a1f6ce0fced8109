-- The indicators of a section have different names: readers know them by nothing else. Capitals and
-- spaces make no difference.
WITH named AS (
    SELECT *, first_value({'code': code, 'row': row})
                  OVER (PARTITION BY alike(section), alike(name) ORDER BY row) AS first
    FROM staged_indicators WHERE name IS NOT NULL AND section IS NOT NULL
)
SELECT file, row, 'name' AS "column",
       'indicator `' || code || '` has the name of indicator `' || first.code || '` (row ' || first.row
           || '), which is in the same section.' AS problem,
       'Give the two names that differ in more than capitals and spaces.' AS remedy
FROM named WHERE code <> first.code
