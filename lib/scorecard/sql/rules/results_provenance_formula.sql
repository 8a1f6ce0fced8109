-- A provenance is a word: a spreadsheet that opens the files would take one that begins as a formula
-- for one.
SELECT file, row, 'provenance' AS "column",
       'the provenance `' || provenance || '` begins as a formula does.' AS problem,
       'Write a word.' AS remedy
FROM staged_results
WHERE regexp_matches(provenance, '^[=+@-].')
