-- Read the changes of one load (data/loads/NNNN/changes.csv), as it was written.
INSERT INTO staged_ledger
SELECT $load, month, unit, code, cohort, change, num, denom, trim(provenance)
FROM read_csv($path, header = true, all_varchar = true, auto_detect = false, delim = ',', quote = '"',
              escape = '"', columns = $columns);
