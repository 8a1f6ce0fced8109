-- A month, unit, indicator and cohort have one result.
WITH again AS (
    -- By hash first: only rows with a hash in common, hardly any of a million, have to be compared.
    FROM staged_results
    WHERE hash(month, unit, code, cohort) IN (
        SELECT hash(month, unit, code, cohort) FROM staged_results GROUP BY ALL HAVING count(*) > 1
    )
)
SELECT r.file, r.row, 'code' AS "column",
       'a second result for unit `' || unit || '`, indicator `' || code || '`, cohort `' || cohort || '`; the first is in '
           || place_of(first.file, first.row, r.file) || '.' AS problem,
       CASE WHEN r.row > 4294967296
            THEN 'Delete one of the two rows; if they are of two units, say so under units in params/extracts.yml.'
            ELSE 'Delete one of the two rows.' END AS remedy
FROM again AS r
JOIN (
    SELECT month, unit, code, cohort, min({'file': file, 'row': row}) AS first
    FROM again GROUP BY month, unit, code, cohort HAVING count(*) > 1
) USING (month, unit, code, cohort)
WHERE {'file': r.file, 'row': r.row} <> first
