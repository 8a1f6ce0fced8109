-- Read provenance CSV: what each cell says; a line that is no row of the table goes to reject_errors.
INSERT INTO staged_provenance
SELECT $file, row_number() OVER () + 1, said(provenance, $spaces), said(marker, $spaces),
    said(count_marker, $spaces), said(footnote, $spaces)
FROM read_csv(
    $path, header = true, auto_detect = false, columns = $columns, delim = ',', quote = '"',
    escape = '"', strict_mode = true, store_rejects = true, rejects_limit = 0
);
