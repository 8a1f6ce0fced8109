-- title: Jumps from last month to this
-- group: plausibility
-- grade: look
-- rank: 41
-- remedy: Compare the two months' extracts; a jump that the work doesn't explain is often a change in
--   who or what is counted.
--
-- The step from last month is larger than the steps of the earlier months allow (largest_step), though
-- the value itself is within its limits.
WITH jumps AS (
    SELECT *, range_places(format, value, before, before) AS places
    FROM history
    WHERE moving_range > 0 AND abs(value - before) > largest_step(moving_range)
      AND value BETWEEN lower AND upper
)
SELECT unit, code,
       unit_name || ', ' || name || ': from ' || value_words(before, format, coalesce(before_places, places)) || ' to '
       || value_words(value, format, coalesce(result_places, places)) || '; the usual step between months is '
       || step_words(moving_range, format, greatest(places, before_places, result_places)) || '.' AS says,
       estimated OR history_estimated AS estimated,
       CAST(abs(value - before) AS DOUBLE) / moving_range - CASE WHEN estimated THEN 1000 ELSE 0 END AS weight
FROM jumps
QUALIFY row_number() OVER (PARTITION BY unit, code ORDER BY cohort <> 'all', cohort) = 1
