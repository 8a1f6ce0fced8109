-- Read indicators CSV text word for word; a line that is no row of the table goes to reject_errors.
INSERT INTO staged_indicators
SELECT $file, row_number() OVER () + 1, code, section, name, polarity, data_period, format,
    supplied, comparable_from, definition, data_source
FROM read_csv(
    $path, header = true, auto_detect = false, columns = $columns, delim = ',', quote = '"',
    escape = '"', strict_mode = true, store_rejects = true, rejects_limit = 200
);
