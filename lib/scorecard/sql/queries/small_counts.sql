-- Which indicators and activity measures that are counts have a count from 1 to $threshold in one of $units
-- and in a month that limits of $month can rest on.
SELECT DISTINCT r.code
FROM results_as_at($as_at) AS r JOIN indicators AS i ON i.code = r.code
WHERE i.format = 'count' AND r.cohort = 'all' AND list_contains($units, r.unit)
  AND r.num > 0 AND r.num <= $threshold
  AND r.month > months_before(month_start($month), points_counted()) AND r.month <= month_start($month)
ORDER BY r.code
