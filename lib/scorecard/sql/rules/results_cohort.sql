-- A cohort is all children, all but unaccompanied asylum-seeking children, or a group of cohorts.csv.
SELECT file, row, 'cohort' AS "column", 'unknown cohort `' || coalesce(cohort, '') || '`.' AS problem,
       did_you_mean(coalesce(cohort, ''), (SELECT list(cohort) FROM staged_cohorts))
           || put_back(file, cohort, 'cohorts.csv') AS remedy
FROM staged_results
WHERE coalesce(cohort, '') NOT IN (SELECT cohort FROM staged_cohorts WHERE cohort IS NOT NULL)
