-- Headers that say what is counted and when.
SELECT row, header AS month, {unit} AS unit,
       CASE {cases} END AS code,
       'all' AS cohort, figure AS num, NULL AS denom, {provenance} AS provenance
FROM (UNPIVOT sheet ON COLUMNS({columns}) INTO NAME header VALUE figure)
