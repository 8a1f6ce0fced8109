-- change : every result that is another one in `later` than in `earlier`, in the order of the files.
-- A result is changed when its figures differ as numbers, 12 and 12.0 being one, or its provenance.
CREATE OR REPLACE TABLE change AS
SELECT month, unit, code, cohort,
       CASE WHEN e.cohort IS NULL THEN 'added' WHEN l.cohort IS NULL THEN 'removed' ELSE 'changed' END
           AS change,
       l.num, l.denom, l.provenance,
       e.num AS num_before, e.denom AS denom_before, e.provenance AS provenance_before
FROM later AS l FULL JOIN earlier AS e USING (month, unit, code, cohort)
LEFT JOIN staged_units AS u USING (unit)
LEFT JOIN staged_indicators AS i USING (code)
WHERE e.cohort IS NULL OR l.cohort IS NULL
   OR (figure(l.num), figure(l.denom), l.provenance)
       IS DISTINCT FROM (figure(e.num), figure(e.denom), e.provenance)
ORDER BY month, u.row, i.row, cohort <> 'all', cohort;
