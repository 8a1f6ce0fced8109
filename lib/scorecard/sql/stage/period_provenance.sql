-- Read period_provenance CSV: what each cell says; a line that is no row of the table is an error.
INSERT INTO staged_period_provenance
SELECT $file, row_number() OVER () + 1, as_month(cell_text(month, $spaces)), cell_text(unit, $spaces),
    cell_text(code, $spaces), cell_text(cohort, $spaces), cell_text(data_period, $spaces),
    cell_text(provenance, $spaces)
FROM read_csv(
    $path, header = true, auto_detect = false, columns = $columns, delim = ',', quote = '"',
    escape = '"', strict_mode = true, max_line_size = $longest, skip = $skip
);
