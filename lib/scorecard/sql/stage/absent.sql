-- The optional files of data/reference that are not there, or have no row: their rules can find nothing. What
-- every council has without a file, such as the cohort `all`, has no `file`.
SELECT kind
FROM (
    VALUES ('changes', EXISTS (FROM staged_changes WHERE file <> '')),
           ('cohorts', EXISTS (FROM staged_cohorts WHERE file <> '')),
           ('comparators', EXISTS (FROM staged_comparators WHERE file <> '')),
           ('period_provenance', EXISTS (FROM staged_period_provenance WHERE file <> '')),
           ('provenance', EXISTS (FROM staged_provenance WHERE file <> '')),
           ('steps', EXISTS (FROM staged_steps WHERE file <> ''))
) AS kinds (kind, here)
WHERE NOT here;
