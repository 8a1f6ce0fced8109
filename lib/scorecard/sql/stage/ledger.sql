-- Read the changes of one load (data/loads/NNNN/changes.csv), as it was written: of $months, or of all where it is NULL.
INSERT INTO staged_ledger
SELECT $load, month, unit, code, cohort, change, num, denom, trim(provenance)
FROM read_csv($path, header = true, all_varchar = true, auto_detect = false, delim = ',', quote = '"',
              escape = '"', columns = $columns)
WHERE CAST($months AS VARCHAR[]) IS NULL OR list_contains($months, month);
