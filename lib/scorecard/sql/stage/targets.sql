-- Read targets CSV: what each cell says; a line that is no row of the table is an error.
INSERT INTO staged_targets
SELECT $file, row_number() OVER () + 1, said(code, $spaces), as_month(said(valid_from, $spaces)),
    said(target, $spaces), said(floor, $spaces), said(green_within, $spaces),
    said(amber_within, $spaces), said(note, $spaces)
FROM read_csv(
    $path, header = true, auto_detect = false, columns = $columns, delim = ',', quote = '"',
    escape = '"', strict_mode = true, max_line_size = $longest
);
