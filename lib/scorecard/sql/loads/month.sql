-- month_after : a month that the load touches, whole, in the order of the files. What the load leaves
-- alone stays as it was written.
CREATE OR REPLACE TEMP MACRO month_after(of_month) AS TABLE
    SELECT month, unit, code, cohort, num, denom, provenance
    FROM (
        SELECT month, unit, code, cohort, num, denom, provenance
        FROM change WHERE month = of_month AND change <> 'removed'
        UNION ALL
        SELECT month, unit, code, cohort, num, denom, provenance
        FROM (FROM stored WHERE month = of_month)
        ANTI JOIN (FROM change WHERE month = of_month) USING (unit, code, cohort)
    )
    JOIN latest_units AS u USING (unit)
    JOIN staged_indicators AS i USING (code)
    ORDER BY u.row, i.row, cohort <> 'all', cohort;
