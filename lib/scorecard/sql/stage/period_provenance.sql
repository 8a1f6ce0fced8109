-- Read period_provenance CSV: what each cell says; a line that is not a row of the table is an error.
INSERT INTO staged_period_provenance
SELECT file, row, as_month(month), unit, code, cohort, data_period, provenance
FROM csv_rows($paths, $files, $above, $columns, $longest, $skip, $spaces);
