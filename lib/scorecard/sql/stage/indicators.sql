-- Read indicators CSV: what each cell says; a line that is no row of the table is an error. The columns
-- of nouns and of adding up may be left out.
INSERT INTO staged_indicators
WITH whole AS (
    FROM csv_rows($path, $columns, $longest, $skip)
    UNION ALL BY NAME
    SELECT NULL::VARCHAR AS counted_as, NULL::VARCHAR AS others_are, NULL::VARCHAR AS added_up,
        NULL::VARCHAR AS above_100 WHERE false
)
SELECT $file, row, cell_text(code, $spaces), cell_text(section, $spaces),
    cell_text(name, $spaces), cell_text(polarity, $spaces), cell_text(data_period, $spaces),
    cell_text(format, $spaces), cell_text(supplied, $spaces), as_month(cell_text(comparable_from, $spaces)),
    cell_text(definition, $spaces), cell_text(data_source, $spaces), cell_text(counted_as, $spaces),
    cell_text(others_are, $spaces), cell_text(added_up, $spaces),
    cell_text(above_100, $spaces)
FROM whole;
