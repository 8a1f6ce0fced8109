-- The beginnings of the names of rules that can find nothing, because the workbook has nothing that they check: an
-- optional file of data/reference, results of cohorts, finished results or provenances. These rules are left out: to
-- plan one takes longer than this query. A row that every council has without a file, such as the cohort `all`, has no
-- `file`.
SELECT begins
FROM (
    VALUES ('changes', EXISTS (FROM staged_changes WHERE file <> '')),
           ('cohorts', EXISTS (FROM staged_cohorts WHERE file <> '')),
           ('comparators', EXISTS (FROM staged_comparators WHERE file <> '')),
           ('period_provenance', EXISTS (FROM staged_period_provenance WHERE file <> '')),
           ('provenance', EXISTS (FROM staged_provenance WHERE file <> '')),
           ('steps', EXISTS (FROM staged_steps WHERE file <> '')),
           ('results_cohort', EXISTS (FROM staged_results WHERE cohort IS DISTINCT FROM 'all')),
           ('results_groups', EXISTS (FROM staged_cohorts WHERE exhaustive = 'yes')
                              AND EXISTS (FROM staged_results WHERE cohort <> 'all')),
           ('results_finished', EXISTS (FROM staged_results WHERE is_finished(denom) OR contains(num, '|result|'))),
           ('results_provenance', EXISTS (FROM staged_provenance)
                                  OR EXISTS (FROM staged_results WHERE provenance IS NOT NULL))
) AS things (begins, here)
WHERE NOT here;
