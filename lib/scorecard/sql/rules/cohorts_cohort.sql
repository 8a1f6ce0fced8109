-- A group has a name for the column cohort of results.
SELECT file, row, 'cohort' AS "column",
       '`' || coalesce(cohort, '') || '` is not made of small letters, digits, hyphens and underscores.' AS problem,
       'Write it as `age_5_9` is written.' AS remedy
FROM staged_cohorts
WHERE file <> '' AND (cohort IS NULL OR NOT regexp_full_match(cohort, '[a-z0-9]+([_-][a-z0-9]+)*'))
