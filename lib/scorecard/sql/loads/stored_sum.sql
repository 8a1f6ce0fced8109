-- The sum of the hashes of all stored results.
SELECT coalesce(sum(hash(month, unit, code, cohort, figure(num), figure(denom), provenance)), 0)
FROM stored;
