-- Read steps CSV: what each cell says; a line that is not a row of the table is an error.
INSERT INTO staged_steps
SELECT file, row, code, as_month(month), reason
FROM csv_rows($paths, $files, $above, $columns, $longest, $skip, $spaces);
