-- The results as supplied, month by month, behind every figure that the pages of $month show: `month` as
-- in counts.sql.
SELECT unit, code, cohort, month_number(month) AS month,
       CAST(num AS DOUBLE) AS num, CAST(denom AS DOUBLE) AS denom
FROM results_as_at($as_at)
WHERE month BETWEEN earliest_behind(page_opens(month_start($month)))
                AND month_start($month)
ORDER BY ALL;
