-- Every numerator and denominator that the appendices of $month could show: the months of a trend for
-- each unit, indicator and cohort, and the rolling three months of the reporting month.
--   month    as month_number() counts it
--   added_up whether it is the sum of the units below, or of such sums
--   period   R3M, or '' for the indicator's own data period
SELECT f.unit, f.code, f.cohort, month_number(f.month) AS month, f.period,
       f.added_up, CAST(f.num AS DOUBLE) AS num, CAST(f.denom AS DOUBLE) AS denom
FROM (
    SELECT unit, code, cohort, month, '' AS period, num, denom, added_up, comparable_from
    FROM figures_as_at($as_at)
    WHERE month BETWEEN page_opens(month_start($month)) AND month_start($month)
    UNION ALL
    SELECT unit, code, cohort, month, 'R3M', num, denom, added_up, comparable_from
    FROM short_term_figures_as_at($as_at)
    WHERE month = month_start($month) AND cohort = 'all'
) AS f
WHERE f.num IS NOT NULL AND same_definition(f.comparable_from, f.month, month_start($month))
ORDER BY ALL;
