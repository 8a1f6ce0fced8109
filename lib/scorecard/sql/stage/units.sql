-- Read units CSV: what each cell says; a line that is no row of the table is an error.
INSERT INTO staged_units
SELECT $file, row_number() OVER () + 1, said(unit, $spaces), said(name, $spaces),
    said(kind, $spaces), said(parent, $spaces)
FROM read_csv(
    $path, header = true, auto_detect = false, columns = $columns, delim = ',', quote = '"',
    escape = '"', strict_mode = true, max_line_size = $longest
);
