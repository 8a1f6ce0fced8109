-- title: Denominators that shrank
-- group: plausibility
-- grade: look
-- rank: 43
-- remedy: Check that the extract is whole: a result of fewer cases may look better or worse only for
--   the cases that are missing.
--
-- A fifth or more below the mean of the earlier months; with 13 of them or more also below the limit
-- they allow (mean − 2.66 × mean moving range), with fewer by three standard deviations of a count.
SELECT unit, code,
       unit_name || ', ' || name || ': a denominator of ' || plain(denom) || '; its ' || points
       || ' earlier months have ' || plain(CAST(denom_mean AS DECIMAL(18, 1))) || ' on average.' AS says,
       estimated OR history_estimated AS estimated,
       1 - CAST(denom AS DOUBLE) / denom_mean - CASE WHEN estimated THEN 1000 ELSE 0 END AS weight
FROM history
WHERE points >= 2 AND denom < 0.8 * denom_mean
  AND denom < denom_mean - CASE WHEN points >= 13 THEN 2.66 * denom_moving_range
                                ELSE 3 * sqrt(denom_mean) END
QUALIFY row_number() OVER (PARTITION BY unit, code ORDER BY cohort) = 1
