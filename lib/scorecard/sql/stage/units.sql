-- Read units CSV: what each cell says; a line that is no row of the table is an error. The columns of
-- months may be left out.
INSERT INTO staged_units
WITH whole AS (
    FROM csv_rows($path, $columns, $longest, $skip)
    UNION ALL BY NAME
    SELECT NULL::VARCHAR AS first_month, NULL::VARCHAR AS last_month WHERE false
)
SELECT $file, row, cell_text(unit, $spaces), cell_text(name, $spaces), cell_text(kind, $spaces),
    cell_text(parent, $spaces), as_month(cell_text(first_month, $spaces)),
    as_month(cell_text(last_month, $spaces))
FROM whole;
