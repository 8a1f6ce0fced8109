SELECT DISTINCT strftime(month, '%Y-%m') AS month FROM results ORDER BY month;
