-- Where a cohort has a result, all children have one too.
SELECT e.file, e.row, 'cohort' AS "column",
       'there is a result of cohort `' || e.cohort || '` for unit `' || e.unit || '`, indicator `' || e.code
           || '`, but none for all children.' AS problem,
       'Add the row with cohort all, or delete this one.' AS remedy
FROM staged_results AS e
ANTI JOIN (FROM staged_results WHERE cohort = 'all') AS a
    ON a.month = e.month AND a.unit = e.unit AND a.code = e.code
WHERE e.cohort <> 'all' AND e.cohort IN (SELECT cohort FROM staged_cohorts)
