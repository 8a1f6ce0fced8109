-- Read cohorts CSV: what each cell says; a line that is no row of the table is an error.
INSERT INTO staged_cohorts
SELECT $file, row_number() OVER () + 1, cell_text(cohort, $spaces), cell_text(dimension, $spaces),
    cell_text(name, $spaces), cell_text(exhaustive, $spaces)
FROM read_csv(
    $path, header = true, auto_detect = false, columns = $columns, delim = ',', quote = '"',
    escape = '"', strict_mode = true, max_line_size = $longest, skip = $skip
);
