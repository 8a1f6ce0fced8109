-- What replaces a retired indicator is another one, which is in the catalogue from that month on at the latest.
SELECT file, row, 'replaced_by' AS "column",
       'only a retired indicator is replaced, and this one is ' || change || '.' AS problem,
       'Leave it empty; say in the reason what an added indicator replaces.' AS remedy
FROM staged_changes WHERE replaced_by IS NOT NULL AND change IN ('added', 'amended')
UNION ALL
SELECT file, row, 'replaced_by', 'there is no indicator `' || replaced_by || '`.',
       did_you_mean(replaced_by, (SELECT list(code) FROM staged_indicators))
FROM staged_changes WHERE replaced_by NOT IN (SELECT code FROM staged_indicators)
UNION ALL
SELECT file, row, 'replaced_by', 'indicator `' || code || '` replaces itself.', 'Name the indicator that takes its place.'
FROM staged_changes WHERE replaced_by = code
UNION ALL
SELECT r.file, r.row, 'replaced_by',
       'indicator `' || r.replaced_by || '` is not in the catalogue in ' || r.month || '.',
       'Name one that is, or correct the month of one of the two.'
FROM staged_changes AS r
WHERE is_month(r.month) AND r.replaced_by <> r.code AND NOT in_catalogue(r.replaced_by, r.month)
