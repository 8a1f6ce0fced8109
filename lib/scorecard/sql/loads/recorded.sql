-- The results by the ledger: of each, the figures of the last load that has it.
CREATE TEMP TABLE recorded AS
SELECT month, unit, code, cohort, num, denom, provenance
FROM (
    FROM staged_ledger
    QUALIFY load = max(load) OVER (PARTITION BY month, unit, code, cohort)
)
WHERE change <> 'removed';
