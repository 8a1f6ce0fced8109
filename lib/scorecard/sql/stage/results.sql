-- Read results CSV: what each cell says; a line that is no row of the table is an error. The columns status and
-- result may be left out (supplied_num in schema.sql).
INSERT INTO staged_results
WITH whole AS (
    FROM csv_rows($path, $columns, $longest, $skip)
    UNION ALL BY NAME
    SELECT NULL::VARCHAR AS status, NULL::VARCHAR AS result WHERE false
),
said AS (
    SELECT row, as_month(cell_text(month, $spaces)) AS month, cell_text(unit, $spaces) AS unit,
           cell_text(code, $spaces) AS code, cell_text(cohort, $spaces) AS cohort, cell_text(num, $spaces) AS num,
           cell_text(denom, $spaces) AS denom, cell_text(status, $spaces) AS status,
           cell_text(result, $spaces) AS result, cell_text(provenance, $spaces) AS provenance
    FROM whole
)
SELECT $file, row, month, unit, code, cohort, supplied_num(num, denom, status, result),
       supplied_denom(num, denom, status, result), provenance
FROM said;
