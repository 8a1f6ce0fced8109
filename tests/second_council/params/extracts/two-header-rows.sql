-- Two rows name the columns: `Contacts` over `Month` and `Year to date` is "Contacts / Month".
-- header_rows: 2
SELECT row, $month AS month, Team AS unit, 'f1' AS code, 'all' AS cohort,
       "Contacts / Month" AS num, NULL AS denom, 'supplied' AS provenance
FROM sheet
UNION ALL
SELECT row, $month, Team, 's1', 'all', "Open cases / Month end", NULL, 'supplied'
FROM sheet
