-- How many results of each month are added, changed, removed and repeated, oldest month first;
-- `new` when nothing stood there of the month before.
SELECT month,
       coalesce(added, 0) AS added, coalesce(changed, 0) AS changed, coalesce(removed, 0) AS removed,
       coalesce(said, 0) - coalesce(added, 0) - coalesce(changed, 0) AS unchanged,
       month NOT IN (FROM stood) AS new
FROM (SELECT month, count(*) AS said FROM later GROUP BY month)
FULL JOIN (
    SELECT month,
           count(*) FILTER (change = 'added') AS added,
           count(*) FILTER (change = 'changed') AS changed,
           count(*) FILTER (change = 'removed') AS removed
    FROM change GROUP BY month
) USING (month)
ORDER BY month;
