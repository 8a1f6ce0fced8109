-- Read period_provenance CSV: what each cell says; a line that is no row of the table is an error.
INSERT INTO staged_period_provenance
SELECT $file, row, as_month(cell_text(month, $spaces)), cell_text(unit, $spaces),
    cell_text(code, $spaces), cell_text(cohort, $spaces), cell_text(data_period, $spaces),
    cell_text(provenance, $spaces)
FROM csv_rows($path, $columns, $longest, $skip);
