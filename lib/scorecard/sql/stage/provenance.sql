-- Read provenance CSV: what each cell says; a line that is no row of the table is an error.
INSERT INTO staged_provenance
SELECT $file, row_number() OVER () + 1, cell_text(provenance, $spaces), cell_text(marker, $spaces),
    cell_text(count_marker, $spaces), cell_text(footnote, $spaces)
FROM read_csv(
    $path, header = true, auto_detect = false, columns = $columns, delim = ',', quote = '"',
    escape = '"', strict_mode = true, max_line_size = $longest
);
