-- A provenance does not look like a spreadsheet formula: a program that opens the files would take it for one.
SELECT file, row, 'provenance' AS "column",
       'the provenance `' || provenance || '` looks like a spreadsheet formula.' AS problem,
       'Write a word.' AS remedy
FROM staged_results
WHERE regexp_matches(provenance, '^[=+@-].')
