-- after : every month that the load touches, whole, in the order of the files. What it leaves alone
-- stays as it was written.
CREATE OR REPLACE TABLE after AS
SELECT month, unit, code, cohort, num, denom, provenance
FROM (
    SELECT month, unit, code, cohort, num, denom, provenance FROM change WHERE change <> 'removed'
    UNION ALL
    SELECT month, unit, code, cohort, num, denom, provenance
    FROM standing ANTI JOIN change USING (month, unit, code, cohort)
    WHERE month IN (SELECT month FROM change)
)
JOIN staged_units AS u USING (unit)
JOIN staged_indicators AS i USING (code)
ORDER BY month, u.row, i.row, cohort <> 'all', cohort;
