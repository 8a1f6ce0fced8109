-- One row a measure, one column a unit.
SELECT row, {month} AS month, unit_name AS unit,
       CASE {measure} {cases} END AS code,
       'all' AS cohort, figure AS num, NULL AS denom, {provenance} AS provenance
FROM (UNPIVOT sheet ON {columns} INTO NAME unit_name VALUE figure)
