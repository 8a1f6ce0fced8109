-- Read cohorts CSV: what each cell says; a line that is no row of the table is an error.
INSERT INTO staged_cohorts
SELECT $file, row, cell_text(cohort, $spaces), cell_text(dimension, $spaces),
    cell_text(name, $spaces), cell_text(exhaustive, $spaces)
FROM csv_rows($path, $columns, $longest, $skip);
