-- Which activity measures come to a number from 1 to $threshold, in some unit, over the months of the year before
-- $month that the year to date is compared with. A unit that began or ended in these months counts with those that
-- it has.
SELECT DISTINCT code
FROM (
    SELECT f.unit, f.code, sum(f.num) AS num
    FROM figures_as_at($as_at) AS f
    JOIN indicators AS i ON i.code = f.code AND i.polarity IS NULL AND is_flow(i.data_period)
    WHERE f.cohort = 'all'
      AND f.month BETWEEN year_before(year_opens(month_start($month))) AND year_before(month_start($month))
    GROUP BY f.unit, f.code
)
WHERE num > 0 AND num <= $threshold
ORDER BY code
