-- Every month that has, or ever had, results.
SELECT strftime(month, '%Y-%m') AS month FROM (SELECT DISTINCT month FROM result_versions) ORDER BY month;
