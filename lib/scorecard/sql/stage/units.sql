-- Read units CSV: what each cell says; a line that is not a row of the table is an error. The columns of
-- months may be left out.
INSERT INTO staged_units
WITH whole AS (
    FROM csv_rows($paths, $files, $above, $columns, $longest, $skip, $spaces)
    UNION ALL BY NAME
    SELECT NULL::VARCHAR AS first_month, NULL::VARCHAR AS last_month WHERE false
)
SELECT file, row, unit, name, kind, parent, as_month(first_month), as_month(last_month)
FROM whole;
