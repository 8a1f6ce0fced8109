-- Read comparators CSV: what each cell says; a line that is no row of the table is an error.
INSERT INTO staged_comparators
SELECT $file, row_number() OVER () + 1, cell_text(code, $spaces), cell_text(comparator, $spaces),
    as_month(cell_text(valid_from, $spaces)), cell_text(period, $spaces), cell_text(result, $spaces),
    cell_text(source, $spaces)
FROM read_csv(
    $path, header = true, auto_detect = false, columns = $columns, delim = ',', quote = '"',
    escape = '"', strict_mode = true, max_line_size = $longest, skip = $skip
);
