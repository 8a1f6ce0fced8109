-- Codes differ in more than capitals: they name files, and many disks take `A1.md` and `a1.md` for one.
WITH named AS (
    SELECT *, first_value({'code': code, 'row': row})
                  OVER (PARTITION BY lower(code) ORDER BY row) AS first
    FROM staged_indicators WHERE code IS NOT NULL
)
SELECT file, row, 'code' AS "column",
       'code `' || code || '` differs from `' || first.code || '` (row ' || first.row
           || ') in capitals only.' AS problem,
       'Give one of the two another code.' AS remedy
FROM named WHERE code <> first.code
