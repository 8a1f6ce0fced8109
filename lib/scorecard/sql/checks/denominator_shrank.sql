-- title: Denominators that shrank
-- group: plausibility
-- grade: look
-- rank: 43
-- remedy: Check that the extract is whole: a result of fewer cases may look better or worse only
--   because cases are missing.
--
-- A denominator that is more than a fifth below the mean of the earlier months, and below their lower limit
-- (process_of); where they are too few for limits, more than three standard deviations of a count below the mean.
WITH shrunk AS (FROM history WHERE points >= 2 AND denom < 0.8 * denom_mean),
steps AS (
    SELECT unit, code, cohort, denom,
           abs(denom - lag(denom) OVER (PARTITION BY unit, code, cohort ORDER BY month)) AS step
    FROM charts SEMI JOIN shrunk USING (unit, code, cohort)
    WHERE denom IS NOT NULL
),
summed AS (
    SELECT unit, code, cohort, count(*) AS months, sum(denom) AS total, sum(step) AS movement FROM steps GROUP BY ALL
),
limits AS (
    SELECT unit, code, cohort, process_of(months, ten_billionths(total), ten_billionths(movement)).lower AS least
    FROM summed
)
SELECT unit, code,
       unit_name || ', ' || name || ': a denominator of ' || plain(denom) || '; its ' || points
       || ' earlier months have ' || plain(CAST(denom_mean AS DECIMAL(18, 1))) || ' on average.' AS says,
       estimated OR history_estimated AS estimated,
       1 - CAST(denom AS DOUBLE) / denom_mean - CASE WHEN estimated THEN 1000 ELSE 0 END AS weight
FROM shrunk LEFT JOIN limits USING (unit, code, cohort)
WHERE denom < coalesce(least, denom_mean - 3 * sqrt(denom_mean))
QUALIFY row_number() OVER (PARTITION BY unit, code ORDER BY cohort <> 'all', cohort) = 1
