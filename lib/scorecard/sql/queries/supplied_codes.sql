-- For each month (of $months, or of all) and unit with a result, the codes of those results.
SELECT strftime(month, '%Y-%m') AS month, unit, list(DISTINCT code) AS codes
FROM given_as_at($as_at)
WHERE $months IS NULL OR list_contains($months, strftime(month, '%Y-%m'))
GROUP BY ALL;
