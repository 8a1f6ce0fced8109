-- Read targets CSV text word for word; a line that is no row of the table goes to reject_errors.
INSERT INTO staged_targets
SELECT $file, row_number() OVER () + 1, code, valid_from, target, floor, green_within,
    amber_within, note
FROM read_csv(
    $path, header = true, auto_detect = false, columns = $columns, delim = ',', quote = '"',
    escape = '"', strict_mode = true, store_rejects = true, rejects_limit = 200
);
