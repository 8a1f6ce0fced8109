-- A section is written alike wherever it comes: capitals and spaces would make two sections of one.
WITH written AS (
    SELECT *, first_value({'section': section, 'row': row})
                  OVER (PARTITION BY alike(section) ORDER BY row) AS first
    FROM staged_indicators WHERE section IS NOT NULL
)
SELECT file, row, 'section' AS "column",
       'section `' || section || '` differs from `' || first.section || '` (row ' || first.row
           || ') in capitals or spaces only.' AS problem,
       'Write `' || first.section || '`, or give the two names that differ in more.' AS remedy
FROM written WHERE section <> first.section
