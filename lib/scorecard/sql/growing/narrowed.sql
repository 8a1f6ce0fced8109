-- Only of the months touched the provenances of data periods are asked: each belongs to one month
-- (rules/period_provenance_result.sql).
DELETE FROM staged_period_provenance WHERE CAST(month || '-01' AS DATE) NOT IN (FROM touched);

-- The one rule that looks at the results of all months: without a file that explains provenances they have one
-- (rules/results_provenance.sql). → whether they have more.
SELECT count(DISTINCT provenance) > 1 AND NOT EXISTS (FROM provenances)
FROM (
    SELECT provenance FROM staged_results
    UNION ALL
    SELECT provenance FROM result_versions WHERE last_load = end_of_loads() AND month NOT IN (FROM touched)
);
