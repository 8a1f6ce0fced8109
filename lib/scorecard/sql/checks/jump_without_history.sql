-- title: Jumps of figures without a history
-- group: plausibility
-- grade: look
-- rank: 42
-- remedy: Compare the two months' extracts; a jump that the work doesn't explain is often a change in
--   who or what is counted.
--
-- Where the earlier months are too few for limits: two counts further apart than three standard
-- deviations of their difference, if both are counts of chance events (Poisson).
SELECT unit, code,
       unit_name || ', ' || name || ': from ' || plain(before) || ' to '
       || plain(value) || ' in a month.' AS says,
       estimated OR history_estimated AS estimated,
       abs(value - before) / sqrt(value + before) AS weight
FROM history
WHERE mean IS NULL AND format = 'count' AND abs(value - before) > 3 * sqrt(value + before)
QUALIFY row_number() OVER (PARTITION BY unit, code ORDER BY cohort <> 'all', cohort) = 1
