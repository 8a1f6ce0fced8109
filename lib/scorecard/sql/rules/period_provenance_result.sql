-- The provenance of a data period belongs to a result that exists, and has one row.
SELECT p.file, p.row, 'code' AS "column",
       'there is no result of unit `' || coalesce(p.unit, '') || '`, indicator `' || coalesce(p.code, '')
           || '`, cohort `' || coalesce(p.cohort, '') || '` in ' || coalesce(p.month, 'no month') || '.' AS problem,
       'Correct the row, or delete it.' AS remedy
FROM staged_period_provenance AS p
ANTI JOIN staged_results AS r
    ON r.month = p.month AND r.unit = p.unit AND r.code = p.code AND r.cohort = p.cohort
UNION ALL
SELECT file, row, 'provenance', 'the provenance is missing, or this result is here a second time.',
       'Name one provenance for each result.'
FROM staged_period_provenance
QUALIFY provenance IS NULL
     OR row_number() OVER (PARTITION BY month, unit, code, cohort, data_period ORDER BY row) > 1
UNION ALL
SELECT file, row, 'data_period', 'data period `' || data_period || '` is not known.',
       'Write R3M for the last three months, or leave it empty for the indicator''s own.'
FROM staged_period_provenance
WHERE data_period <> 'R3M'
