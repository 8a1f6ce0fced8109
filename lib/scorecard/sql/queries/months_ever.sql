-- Every month that has, or ever had, results.
SELECT DISTINCT strftime(month, '%Y-%m') AS month FROM result_versions ORDER BY month;
