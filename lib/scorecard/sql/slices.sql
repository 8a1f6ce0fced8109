-- The units of which figures are still to be worked out (figures_of.sql), so many at once that their results and the
-- months without any are some 400,000: what is in memory at once is bounded by that, and not by the store.
CREATE TEMP TABLE slices AS
SELECT unit, sum(results + months) OVER (ORDER BY unit) // 400000 AS slice
FROM (SELECT u.unit, count(v.unit) AS results FROM units AS u LEFT JOIN result_versions AS v USING (unit) GROUP BY u.unit)
CROSS JOIN (
    SELECT (SELECT count(*) FROM indicators) * (SELECT count(*) FROM months_reported) AS months
);
