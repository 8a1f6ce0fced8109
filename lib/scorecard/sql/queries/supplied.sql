-- The results as supplied, month by month, of the two years up to $month: `month` as in counts.sql.
SELECT unit, code, cohort, 12 * year(month) + month(month) - 1 AS month,
       CAST(num AS DOUBLE) AS num, CAST(denom AS DOUBLE) AS denom
FROM results_as_at($as_at)
WHERE month BETWEEN months_before(month_start($month), 23) AND month_start($month)
ORDER BY ALL;
