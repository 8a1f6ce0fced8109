-- changes.csv of the ledger.
COPY (
    SELECT month, unit, code, cohort, change, num, denom, provenance, num_before, denom_before,
        provenance_before
    FROM change
) TO $path (FORMAT csv, HEADER true);
