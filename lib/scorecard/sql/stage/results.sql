-- Read results CSV: what each cell says; a line that is no row of the table is an error.
INSERT INTO staged_results
SELECT $file, row, as_month(cell_text(month, $spaces)), cell_text(unit, $spaces),
    cell_text(code, $spaces), cell_text(cohort, $spaces), cell_text(num, $spaces), cell_text(denom, $spaces),
    cell_text(provenance, $spaces)
FROM csv_rows($path, $columns, $longest, $skip);
