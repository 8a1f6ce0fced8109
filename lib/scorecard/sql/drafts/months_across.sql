-- One row a unit, one column a month.
SELECT row, month, {unit} AS unit, {code} AS code, 'all' AS cohort, figure AS num, NULL AS denom,
       {provenance} AS provenance
FROM (UNPIVOT sheet ON COLUMNS({columns}) INTO NAME month VALUE figure)
