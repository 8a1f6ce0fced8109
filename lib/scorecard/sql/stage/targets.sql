-- Read targets CSV: what each cell says; a line that is no row of the table is an error. The column of
-- rationales may be left out.
INSERT INTO staged_targets
WITH whole AS (
    FROM csv_rows($path, $columns, $longest, $skip)
    UNION ALL BY NAME
    SELECT NULL::VARCHAR AS rationale WHERE false
)
SELECT $file, row, cell_text(code, $spaces), as_month(cell_text(valid_from, $spaces)),
    cell_text(target, $spaces), cell_text(floor, $spaces), cell_text(green_within, $spaces),
    cell_text(amber_within, $spaces), cell_text(note, $spaces), cell_text(rationale, $spaces)
FROM whole;
