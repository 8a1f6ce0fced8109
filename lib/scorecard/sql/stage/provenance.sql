-- Read provenance CSV text word for word; a line that is no row of the table goes to reject_errors.
INSERT INTO staged_provenance
SELECT $file, row_number() OVER () + 1, provenance, marker, count_marker, footnote
FROM read_csv(
    $path, header = true, auto_detect = false, columns = $columns, delim = ',', quote = '"',
    escape = '"', strict_mode = true, store_rejects = true, rejects_limit = 200
);
