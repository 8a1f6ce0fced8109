-- How many results of each month are added, changed, removed and repeated, oldest month first;
-- `new` for a month without stored results.
SELECT month,
       coalesce(added, 0) AS added, coalesce(changed, 0) AS changed, coalesce(removed, 0) AS removed,
       coalesce(given, 0) - coalesce(added, 0) - coalesce(changed, 0) AS unchanged,
       month NOT IN (FROM known_months) AS new
FROM (SELECT month, count(*) AS given FROM later GROUP BY month)
FULL JOIN (
    SELECT month,
           count(*) FILTER (change = 'added') AS added,
           count(*) FILTER (change = 'changed') AS changed,
           count(*) FILTER (change = 'removed') AS removed
    FROM change GROUP BY month
) USING (month)
ORDER BY month;
