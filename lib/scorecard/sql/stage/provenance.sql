-- Read provenance CSV: what each cell says; a line that is no row of the table is an error.
INSERT INTO staged_provenance
SELECT $file, row_number() OVER () + 1, said(provenance, $spaces), said(marker, $spaces),
    said(count_marker, $spaces), said(footnote, $spaces)
FROM read_csv(
    $path, header = true, auto_detect = false, columns = $columns, delim = ',', quote = '"',
    escape = '"', strict_mode = true, max_line_size = $longest
);
