-- What stands for a month and is not written as one.
SELECT DISTINCT month FROM staged_results WHERE NOT is_month(month);
