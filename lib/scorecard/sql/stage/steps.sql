-- Read steps CSV: what each cell says; a line that is no row of the table is an error.
INSERT INTO staged_steps
SELECT $file, row, cell_text(code, $spaces), as_month(cell_text(month, $spaces)),
    cell_text(reason, $spaces)
FROM csv_rows($path, $columns, $longest, $skip);
