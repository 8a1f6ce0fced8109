-- A cohort is all children, or all but unaccompanied asylum-seeking children.
SELECT file, row, 'cohort' AS "column", 'unknown cohort `' || coalesce(cohort, '') || '`.' AS problem,
       'Write all or excluding_uasc.' AS remedy
FROM staged_results
WHERE coalesce(cohort, '') NOT IN ('all', 'excluding_uasc')
