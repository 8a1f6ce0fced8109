-- As placements.sql, for the county, with one indicator for each age group: on the last day of --month.
WITH days AS (
    SELECT last_day(CAST($month || '-01' AS DATE)) AS last,
           CAST($month || '-01' AS DATE) - INTERVAL 11 MONTHS AS first
),
placements AS (
    SELECT "Child ID" AS child, strptime("Date of birth", '%d/%m/%Y') AS born,
           strptime(Started, '%d/%m/%Y') AS started, strptime(Ended, '%d/%m/%Y') AS ended
    FROM sheet
),
children AS (
    SELECT child, date_sub('year', born, last) AS age,
           count(*) FILTER (started <= last AND (ended IS NULL OR ended >= first)) AS placements
    FROM placements, days
    GROUP BY ALL
    HAVING bool_or(started <= last AND (ended IS NULL OR ended > last))
)
SELECT $month AS month, (SELECT unit FROM units WHERE kind = 'county') AS unit,
       CASE WHEN age < 10 THEN 'b2-under-10' WHEN age < 16 THEN 'b2-10-15' ELSE 'b2-16-17' END AS code,
       'all' AS cohort, count(*) FILTER (placements >= 3) AS num, count(*) AS denom,
       'supplied' AS provenance
FROM children
GROUP BY code
ORDER BY ALL
