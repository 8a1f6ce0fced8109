-- A cohort has one row; `all` and the cohort without unaccompanied asylum-seeking children have none.
SELECT file, row, 'cohort' AS "column",
       'there is a cohort `' || cohort || '` already.' AS problem,
       'Delete the row, or give the group another name.' AS remedy
FROM staged_cohorts
WHERE cohort IS NOT NULL
QUALIFY file <> '' AND row_number() OVER (PARTITION BY cohort ORDER BY file <> '', row) > 1
