-- Of the published months ($published), those whose pages show a touched result: in the figure over
-- the data period that ends there, or in a comparison or trend that reaches further back.
-- A pack shows what is in the catalogue of its month.
-- `reports` when it is the month's own figure, and the touched month is not altogether new.
SELECT p.month,
       bool_or(period_opens(i.data_period, i.supplied, month_start(p.month)) <= c.month AND NOT c.new)
           AS reports
FROM (SELECT unnest($published) AS month) AS p
JOIN (
    SELECT DISTINCT code, month_start(month) AS month, month NOT IN (FROM known_months) AS new FROM change
) AS c
    ON c.month <= month_start(p.month)
JOIN staged_indicators AS i USING (code)
WHERE period_opens(i.data_period, i.supplied, page_opens(month_start(p.month))) <= c.month
  AND in_catalogue(c.code, p.month)
GROUP BY p.month ORDER BY p.month;
