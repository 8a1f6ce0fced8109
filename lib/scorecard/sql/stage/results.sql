-- Read results CSV: what each cell says; a line that is no row of the table is an error. The column status
-- may be left out: what it says is read as if it was in place of the numerator. One that is not known, or
-- is beside a numerator, is kept behind `|status|` for the rule results_status.
INSERT INTO staged_results
WITH whole AS (
    FROM csv_rows($path, $columns, $longest, $skip)
    UNION ALL BY NAME
    SELECT NULL::VARCHAR AS status WHERE false
)
SELECT $file, row, as_month(cell_text(month, $spaces)), cell_text(unit, $spaces),
    cell_text(code, $spaces), cell_text(cohort, $spaces),
    CASE WHEN cell_text(status, $spaces) IS NULL THEN cell_text(num, $spaces)
         WHEN cell_text(num, $spaces) IS NULL AND stated(cell_text(status, $spaces)) IS NOT NULL
             THEN cell_text(status, $spaces)
         ELSE coalesce(cell_text(num, $spaces), '') || '|status|' || cell_text(status, $spaces) END,
    cell_text(denom, $spaces), cell_text(provenance, $spaces)
FROM whole;
