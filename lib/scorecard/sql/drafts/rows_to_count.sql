-- Several rows a unit: they are counted. Say in WHERE which of them count.
SELECT {month} AS month, {unit} AS unit, {code} AS code, 'all' AS cohort, count(*) AS num, NULL AS denom,
       {provenance} AS provenance
FROM sheet
WHERE {unit} IS NOT NULL
GROUP BY ALL
