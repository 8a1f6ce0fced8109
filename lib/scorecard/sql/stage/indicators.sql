-- Read indicators CSV: what each cell says; a line that is no row of the table is an error.
INSERT INTO staged_indicators
SELECT $file, row_number() OVER () + 1, cell_text(code, $spaces), cell_text(section, $spaces),
    cell_text(name, $spaces), cell_text(polarity, $spaces), cell_text(data_period, $spaces),
    cell_text(format, $spaces), cell_text(supplied, $spaces), as_month(cell_text(comparable_from, $spaces)),
    cell_text(definition, $spaces), cell_text(data_source, $spaces)
FROM read_csv(
    $path, header = true, auto_detect = false, columns = $columns, delim = ',', quote = '"',
    escape = '"', strict_mode = true, max_line_size = $longest, skip = $skip
);
