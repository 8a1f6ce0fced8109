-- Read indicators CSV: what each cell says; a line that is no row of the table is an error.
INSERT INTO staged_indicators
SELECT $file, row_number() OVER () + 1, said(code, $spaces), said(section, $spaces),
    said(name, $spaces), said(polarity, $spaces), said(data_period, $spaces),
    said(format, $spaces), said(supplied, $spaces), as_month(said(comparable_from, $spaces)),
    said(definition, $spaces), said(data_source, $spaces)
FROM read_csv(
    $path, header = true, auto_detect = false, columns = $columns, delim = ',', quote = '"',
    escape = '"', strict_mode = true, max_line_size = $longest
);
