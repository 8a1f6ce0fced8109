-- The indicators and activity measures of which a numerator, a denominator, or a denominator less its numerator is
-- from 1 to $threshold, in some unit and cohort and in a month that limits of $month can rest on.
SELECT DISTINCT code
FROM results_as_at($as_at)
WHERE list_bool_or([n > 0 AND n <= $threshold FOR n IN [num, denom, denom - num] IF n IS NOT NULL])
  AND month > months_before(month_start($month), points_counted()) AND month <= month_start($month)
ORDER BY code
