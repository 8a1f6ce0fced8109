-- The results as supplied, month by month, behind every figure that the pages of $month show. Finished results are
-- left out: they have no numerator and denominator.
--   month    months counted from the year 0
-- As DOUBLE, since they only say which small numbers to withhold. No figure is made from them.
SELECT unit, code, cohort, month_number(month) AS month,
       CAST(num AS DOUBLE) AS num, CAST(denom AS DOUBLE) AS denom
FROM results_as_at($as_at)
WHERE month BETWEEN earliest_behind(page_opens(month_start($month)))
                AND month_start($month)
ORDER BY ALL;
