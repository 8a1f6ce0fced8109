-- The months of each data period that ends in a month which the pages of $month show, whether its
-- figure is added up here or supplied finished: from `opens` to `month`, both as months counted
-- from the year 0 (month_number).
SELECT p.data_period, month_number(m.month) AS month,
       month_number(period_opens(p.data_period, 'monthly', m.month)) AS opens
FROM (SELECT data_period FROM indicators UNION SELECT 'R3M') AS p
CROSS JOIN (
    SELECT CAST(unnest(generate_series(page_opens(month_start($month)), month_start($month),
                                       INTERVAL 1 MONTH)) AS DATE) AS month
) AS m
ORDER BY ALL;
