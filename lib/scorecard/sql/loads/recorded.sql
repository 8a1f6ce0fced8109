-- The results as the ledger tells them: of each, what the last load said that spoke of it.
CREATE TEMP TABLE recorded AS
SELECT month, unit, code, cohort, num, denom, provenance
FROM (
    FROM staged_changes
    QUALIFY load = max(load) OVER (PARTITION BY month, unit, code, cohort)
)
WHERE change <> 'removed';
