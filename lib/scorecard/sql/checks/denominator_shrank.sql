-- title: Denominators that shrank
-- group: plausibility
-- grade: look
-- rank: 43
-- remedy: Check that the extract is whole: a result of fewer cases may look better or worse only for
--   the cases that are missing.
--
-- A fifth or more below the mean of the earlier months; also below the limit that they give
-- (process_of), or where they are too few for limits by three standard deviations of a count.
SELECT unit, code,
       unit_name || ', ' || name || ': a denominator of ' || plain(denom) || '; its ' || points
       || ' earlier months have ' || plain(CAST(denom_mean AS DECIMAL(18, 1))) || ' on average.' AS says,
       estimated OR history_estimated AS estimated,
       1 - CAST(denom AS DOUBLE) / denom_mean - CASE WHEN estimated THEN 1000 ELSE 0 END AS weight
FROM history
WHERE points >= 2 AND denom < 0.8 * denom_mean
  AND denom < coalesce(denom_least, denom_mean - 3 * sqrt(denom_mean))
QUALIFY row_number() OVER (PARTITION BY unit, code ORDER BY cohort <> 'all', cohort) = 1
