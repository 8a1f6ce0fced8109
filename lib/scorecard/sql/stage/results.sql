-- Read results CSV: what each cell says; a line that is not a row of the table is an error. The columns status and
-- result may be left out (supplied_num in schema.sql).
INSERT INTO staged_results
WITH whole AS (
    FROM csv_rows($paths, $files, $above, $columns, $longest, $skip, $spaces)
    UNION ALL BY NAME
    SELECT NULL::VARCHAR AS status, NULL::VARCHAR AS result WHERE false
)
SELECT file, row, as_month(month), unit, code, cohort, supplied_num(num, denom, status, result),
    supplied_denom(num, denom, status, result), provenance
FROM whole;
