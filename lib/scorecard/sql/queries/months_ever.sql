-- Every month that has, or ever had, results.
SELECT DISTINCT strftime(month, '%Y-%m') AS month FROM supplied_places ORDER BY month;
