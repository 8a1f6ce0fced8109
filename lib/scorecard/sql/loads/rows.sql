-- Rows that were read cell by cell.
INSERT INTO staged_results
SELECT $file, row, as_month(month), unit, code, cohort, supplied_num(num, denom, status, result),
       supplied_denom(num, denom, status, result), provenance
FROM (
    SELECT unnest($row) AS row, unnest($month) AS month, unnest($unit) AS unit, unnest($code) AS code,
           unnest($cohort) AS cohort, unnest($num) AS num, unnest($denom) AS denom,
           unnest($provenance) AS provenance, unnest($status) AS status, unnest($result) AS result
);
