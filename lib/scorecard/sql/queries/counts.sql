-- Every numerator and denominator that the appendices of $month could show: the months of a trend for
-- each unit, indicator and cohort, and the rolling three months of the reporting month. Those of an indicator that
-- was retired since are among them, since the packs of these months show them.
--   month    months counted from the year 0 (month_number)
--   added_up whether it is the sum of the units below, or of such sums
--   period   R3M, or '' for the indicator's own data period
-- As DOUBLE, since they only say which small numbers to withhold. No figure is made from them.
SELECT f.unit, f.code, f.cohort, month_number(f.month) AS month, f.period,
       f.added_up, CAST(f.num AS DOUBLE) AS num, CAST(f.denom AS DOUBLE) AS denom
FROM (
    SELECT unit, code, cohort, month, '' AS period, num, denom, added_up
    FROM figures_as_at($as_at)
    WHERE month BETWEEN page_opens(month_start($month)) AND month_start($month)
    UNION ALL
    SELECT unit, code, cohort, month, 'R3M', num, denom, added_up
    FROM short_term_figures_as_at($as_at)
    WHERE month = month_start($month) AND cohort = 'all'
) AS f
LEFT JOIN indicators_in($month) AS i ON i.code = f.code
WHERE f.num IS NOT NULL
  AND CASE WHEN i.code IS NOT NULL THEN same_definition(i.comparable_from, f.month, month_start($month))
           ELSE EXISTS (FROM indicator_spells AS s
                        WHERE s.code = f.code AND f.month BETWEEN s.first_month AND s.last_month) END
ORDER BY ALL;
