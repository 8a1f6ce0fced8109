-- title: Monthly values outside what their history allows
-- group: plausibility
-- grade: look
-- rank: 40
-- remedy: Find what changed in that month before explaining it: the way it is counted, the extract,
--   or the work. Ask for the numerator and the denominator.
--
-- A value outside the limits of the earlier months (monthly_values of last month). Limits that rest on estimated
-- months are themselves estimates.
WITH outside AS (
    SELECT *, range_places(format, value, lower, upper) AS places
    FROM history
    WHERE moving_range > 0 AND (value < lower OR value > upper)
)
SELECT unit, code,
       unit_name || ', ' || name || ': ' || value_words(value, format, coalesce(result_places, places)) || ' in '
       || month_words(month) || '; its ' || chart_points || ' earlier months allow '
       || value_words(expected_from, format, greatest(places, result_places)) || ' to '
       || value_words(expected_to, format, greatest(places, result_places)) || '.' AS says,
       estimated OR history_estimated AS estimated,
       CAST(abs(value - mean) AS DOUBLE) / moving_range - CASE WHEN estimated THEN 1000 ELSE 0 END AS weight
FROM outside
QUALIFY row_number() OVER (PARTITION BY unit, code ORDER BY cohort <> 'all', cohort) = 1
