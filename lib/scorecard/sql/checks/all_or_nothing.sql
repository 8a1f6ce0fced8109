-- title: Exactly 0% or 100% that was not so before
-- group: plausibility
-- grade: look
-- rank: 44
-- remedy: Check that the numerator was filled at all, or that it is not the denominator written twice.
--
-- A month's result of exactly 0% or 100%, which none of at least three results of the last twelve
-- months was.
SELECT unit, code,
       unit_name || ', ' || name || ': ' || value_words(value, format)
       || coalesce(' (' || plain(num) || ' of ' || plain(denom) || ')', '') || ' in ' || month_words(month) || '; in the year before between '
       || value_words(year_low, format) || ' and ' || value_words(year_high, format) || '.' AS says,
       estimated,
       coalesce(CAST(denom AS DOUBLE), 0) AS weight
FROM history
WHERE format = 'percent' AND points >= 3
  AND ((value = 0 AND year_low > 0) OR (value = 100 AND year_high < 100))
QUALIFY row_number() OVER (PARTITION BY unit, code ORDER BY cohort <> 'all', cohort) = 1
