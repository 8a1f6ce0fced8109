-- Which indicators and activity measures have a count from 1 to $threshold, or one that is left of a denominator,
-- in some unit and cohort and in a month that limits of $month can rest on.
SELECT DISTINCT code
FROM results_as_at($as_at)
WHERE list_bool_or([n > 0 AND n <= $threshold FOR n IN [num, denom, denom - num] IF n IS NOT NULL])
  AND month > months_before(month_start($month), points_counted()) AND month <= month_start($month)
ORDER BY code
