-- title: Jumps from last month to this
-- group: plausibility
-- grade: look
-- rank: 41
-- remedy: Compare the two months' extracts; a jump that the work doesn't explain is often a change in
--   who or what is counted.
--
-- The step from last month exceeds 3.268 × the mean moving range of 13 earlier months or more (the
-- upper limit of an XmR chart's ranges), though the value itself is within its limits.
SELECT unit, code,
       unit_name || ', ' || name || ': from ' || value_words(before, format) || ' to '
       || value_words(value, format) || '; the usual step between months is '
       || step_words(moving_range, format) || '.' AS says,
       estimated OR history_estimated AS estimated,
       abs(value - before) / moving_range - CASE WHEN estimated THEN 1000 ELSE 0 END AS weight
FROM history
WHERE points >= 13 AND moving_range > 0 AND abs(value - before) > 3.268 * moving_range
  AND abs(value - mean) <= 2.66 * moving_range
QUALIFY row_number() OVER (PARTITION BY unit, code ORDER BY cohort) = 1
