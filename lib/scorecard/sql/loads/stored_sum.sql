-- The sum of the hashes of all stored results.
SELECT coalesce(sum(result_hash(month, unit, code, cohort, num, denom, provenance)), 0)
FROM stored;
