-- Read comparators CSV: what each cell says; a line that is not a row of the table is an error.
INSERT INTO staged_comparators
SELECT file, row, code, comparator, as_month(valid_from), period, result, source
FROM csv_rows($paths, $files, $above, $columns, $longest, $skip, $spaces);
