-- title: Fractions where a count is expected
-- group: plausibility
-- grade: look
-- rank: 6
-- remedy: Ask for the numerator and the denominator. A finished percentage written as a fraction has lost both, so
--   it can't be added up, and no number of cases can be given.
--
-- A percentage with the denominator 1 and a fraction as numerator, such as 0.947 of 1: that is a result, not a count.
SELECT unit, code,
       unit_name || ', ' || name || ': ' || plain(num) || ' of 1 looks like a finished result of '
       || plain(100 * num) || '% and not like a count.' AS says,
       estimated
FROM recent
WHERE month = getvariable('this_month') AND is_part_of_whole(format) AND denom = 1 AND num % 1 <> 0
QUALIFY row_number() OVER (PARTITION BY unit, code ORDER BY cohort <> 'all', cohort) = 1
