-- Every version of every result, those of units and the sums, with what was shown of it before.
-- Sorted as the macros read: DuckDB then skips the blocks that can't hold a unit and indicator.
INSERT INTO result_versions
SELECT v.*, CAST(s.row AS INTEGER) AS row
FROM with_revisions('versions') AS v
LEFT JOIN staged_results AS s
    ON s.unit = v.unit AND s.code = v.code AND s.cohort = v.cohort
    AND s.month = strftime(v.month, '%Y-%m') AND v.last_load = 2147483647
ORDER BY v.unit, v.code, v.cohort, v.month, v.first_load;
DROP TABLE versions;

INSERT INTO supplied_places
SELECT code, month, first_load, last_load, coalesce(max(decimals(num)), 0), coalesce(max(decimals(denom)), 0)
FROM result_versions GROUP BY code, month, first_load, last_load;
