-- Read period_provenance CSV text word for word; a line that is no row goes to reject_errors.
INSERT INTO staged_period_provenance
SELECT $file, row_number() OVER () + 1, month, unit, code, cohort, data_period,
    provenance
FROM read_csv(
    $path, header = true, auto_detect = false, columns = $columns, delim = ',', quote = '"',
    escape = '"', strict_mode = true, store_rejects = true, rejects_limit = 200
);
