-- The figures that counts.sql leaves out, because their supplier withheld them. Columns are as in counts.sql.
SELECT f.unit, f.code, f.cohort, month_number(f.month) AS month, f.period
FROM (
    SELECT unit, code, cohort, month, '' AS period, status FROM figures_as_at($as_at)
    WHERE month BETWEEN page_opens(month_start($month)) AND month_start($month)
    UNION ALL
    SELECT unit, code, cohort, month, 'R3M', status FROM short_term_figures_as_at($as_at)
    WHERE month = month_start($month) AND cohort = 'all'
) AS f
WHERE f.status = 'withheld'
ORDER BY ALL;
