-- Read cohorts CSV: what each cell says; a line that is not a row of the table is an error.
INSERT INTO staged_cohorts
SELECT file, row, cohort, dimension, name, exhaustive
FROM csv_rows($paths, $files, $above, $columns, $longest, $skip, $spaces);
