-- Read steps CSV: what each cell says; a line that is no row of the table is an error.
INSERT INTO staged_steps
SELECT $file, row_number() OVER () + 1, cell_text(code, $spaces), as_month(cell_text(month, $spaces)),
    cell_text(reason, $spaces)
FROM read_csv(
    $path, header = true, auto_detect = false, columns = $columns, delim = ',', quote = '"',
    escape = '"', strict_mode = true, max_line_size = $longest, skip = $skip
);
