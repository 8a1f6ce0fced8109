-- One row a unit and measure.
SELECT row, {month} AS month, {unit} AS unit,
       CASE {measure} {cases} END AS code,
       'all' AS cohort, {figure} AS num, NULL AS denom, {provenance} AS provenance
FROM sheet
