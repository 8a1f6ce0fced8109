-- change : every result that differs between `earlier` and `later`, in the order of the files.
-- A result is changed when its figures differ as numbers, 12 and 12.0 being one, or its provenance.
-- Those that are only in `earlier` are removed with $all, which says that `later` is complete.
CREATE OR REPLACE TABLE change AS
WITH different AS (
    SELECT month, unit, code, cohort,
           CASE WHEN e.cohort IS NULL THEN 'added' ELSE 'changed' END AS change,
           l.num, l.denom, l.provenance,
           e.num AS num_before, e.denom AS denom_before, e.provenance AS provenance_before
    FROM later AS l LEFT JOIN earlier AS e USING (month, unit, code, cohort)
    WHERE e.cohort IS NULL
       OR (figure(l.num), stated(l.num), figure(l.denom), is_finished(l.denom), l.provenance)
           IS DISTINCT FROM (figure(e.num), stated(e.num), figure(e.denom), is_finished(e.denom), e.provenance)
    UNION ALL
    SELECT month, unit, code, cohort, 'removed', NULL, NULL, NULL, num, denom, provenance
    FROM earlier ANTI JOIN later USING (month, unit, code, cohort)
    WHERE $all
)
SELECT different.*
FROM different
LEFT JOIN latest_units AS u USING (unit)
LEFT JOIN staged_indicators AS i USING (code)
ORDER BY month, u.row, i.row, cohort <> 'all', cohort;
