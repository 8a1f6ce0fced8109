-- Read changes CSV: what each cell says; a line that is no row of the table is an error. The columns of what
-- was counted anew and of what replaces an indicator may be left out.
INSERT INTO staged_changes
WITH whole AS (
    FROM csv_rows($path, $columns, $longest, $skip)
    UNION ALL BY NAME
    SELECT NULL::VARCHAR AS recounted, NULL::VARCHAR AS replaced_by WHERE false
)
SELECT $file, row, cell_text(code, $spaces), as_month(cell_text(month, $spaces)), cell_text(change, $spaces),
    cell_text(reason, $spaces), cell_text(recounted, $spaces), cell_text(replaced_by, $spaces)
FROM whole;
