-- The units whose figures are still to be worked out (figures_of.sql), in slices. A slice has some 400,000 results and
-- pairs of an indicator and a month. So the memory needed depends on that, not on the size of the store. Then the old
-- figures that are to be worked out again are deleted.
CREATE TEMP TABLE slices AS
WITH due AS (SELECT month FROM whole_months UNION SELECT month FROM stale),
months AS (SELECT (SELECT count(*) FROM indicators) * (SELECT count(*) FROM due) AS months),
counted AS (
    SELECT u.unit, count(v.unit) AS results
    FROM units AS u
    LEFT JOIN (FROM result_versions WHERE month IN (FROM due)) AS v USING (unit)
    WHERE EXISTS (FROM whole_months) OR u.unit IN (SELECT unit FROM stale)
    GROUP BY u.unit
)
SELECT unit, sum(results + months) OVER (ORDER BY unit) // 400000 AS slice FROM counted CROSS JOIN months
WHERE months > 0;

DELETE FROM figure_versions
WHERE month IN (FROM whole_months)
   OR (unit, code, cohort, month) IN (SELECT (unit, code, cohort, month) FROM stale WHERE NOT short_term);
DELETE FROM short_term_figure_versions
WHERE month IN (FROM whole_months)
   OR (unit, code, cohort, month) IN (SELECT (unit, code, cohort, month) FROM stale WHERE short_term);
