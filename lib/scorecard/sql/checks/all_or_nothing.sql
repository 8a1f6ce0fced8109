-- title: Results of exactly 0% or 100% that were different before
-- group: plausibility
-- grade: look
-- rank: 44
-- remedy: Check that the numerator was filled at all, or that it is not the denominator written twice.
--
-- A month's result of exactly 0% or 100%, which none of at least three results of the last twelve
-- months was.
WITH ends AS (
    SELECT *, range_places(format, value, year_low, year_high) AS places
    FROM history
    WHERE is_part_of_whole(format) AND points >= 3
      AND ((value = 0 AND year_low > 0) OR (value = 100 AND year_high < 100))
)
SELECT unit, code,
       unit_name || ', ' || name || ': ' || value_words(value, format, coalesce(result_places, places))
       || coalesce(' (' || plain(num) || ' of ' || plain(denom) || ')', '') || ' in ' || month_words(month) || '; in the year before between '
       || value_words(year_low, format, coalesce(low_places, places)) || ' and ' || value_words(year_high, format, coalesce(high_places, places)) || '.' AS says,
       estimated,
       coalesce(CAST(denom AS DOUBLE), 0) AS weight
FROM ends
QUALIFY row_number() OVER (PARTITION BY unit, code ORDER BY cohort <> 'all', cohort) = 1
