-- title: Monthly values outside what their history allows
-- group: plausibility
-- grade: look
-- rank: 40
-- remedy: Find what changed in that month before explaining it: the way it is counted, the extract,
--   or the work. Ask for the numerator and the denominator.
--
-- XmR limits on monthly values, from 13 earlier months or more: mean ± 2.66 × mean moving range
-- (Wheeler, Understanding Variation, 1993). Limits that rest on estimated months are themselves
-- estimates.
SELECT unit, code,
       unit_name || ', ' || name || ': ' || value_words(value, format) || ' in '
       || month_words(month) || '; its ' || points || ' earlier months allow '
       || value_words(greatest(mean - 2.66 * moving_range, 0), format) || ' to '
       || value_words(CASE format WHEN 'percent' THEN least(mean + 2.66 * moving_range, 100)
                                  ELSE mean + 2.66 * moving_range END, format) || '.' AS says,
       estimated OR history_estimated AS estimated,
       abs(value - mean) / moving_range - CASE WHEN estimated THEN 1000 ELSE 0 END AS weight
FROM history
WHERE points >= 13 AND moving_range > 0 AND abs(value - mean) > 2.66 * moving_range
QUALIFY row_number() OVER (PARTITION BY unit, code ORDER BY cohort) = 1
