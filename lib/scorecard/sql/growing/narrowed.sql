-- The provenances of data periods are checked for the months touched only: each belongs to one month
-- (rules/period_provenance_result.sql).
DELETE FROM staged_period_provenance WHERE CAST(month || '-01' AS DATE) NOT IN (FROM touched);

-- Whether results have several provenances without a file that explains them. This is the one rule that looks at the
-- results of all months (rules/results_provenance.sql).
SELECT count(DISTINCT provenance) > 1 AND NOT EXISTS (FROM provenances)
FROM (
    SELECT provenance FROM staged_results
    UNION ALL
    SELECT provenance FROM result_versions WHERE last_load = end_of_loads() AND month NOT IN (FROM touched)
);
