-- loaded : the rows of the loaded files. The rules see them with the results that they don't
-- replace: all results after the load.
ALTER TABLE staged_results RENAME TO loaded;
CREATE TEMP TABLE kept AS FROM stored ANTI JOIN loaded USING (month, unit, code, cohort);
CREATE TEMP VIEW staged_results AS FROM loaded UNION ALL FROM kept;
