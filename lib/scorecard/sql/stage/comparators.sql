-- Read comparators CSV: what each cell says; a line that is no row of the table is an error.
INSERT INTO staged_comparators
SELECT $file, row, cell_text(code, $spaces), cell_text(comparator, $spaces),
    as_month(cell_text(valid_from, $spaces)), cell_text(period, $spaces), cell_text(result, $spaces),
    cell_text(source, $spaces)
FROM csv_rows($path, $columns, $longest, $skip);
