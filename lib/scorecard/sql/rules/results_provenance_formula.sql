-- A provenance is a word: a spreadsheet that opens the files would take one that looks like a formula
-- for one.
SELECT file, row, 'provenance' AS "column",
       'the provenance `' || provenance || '` looks like a spreadsheet formula.' AS problem,
       'Write a word.' AS remedy
FROM staged_results
WHERE regexp_matches(provenance, '^[=+@-].')
