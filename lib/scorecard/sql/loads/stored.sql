-- Moves the results of data/results from staged_results to `stored`, so that staged_results can take the results after
-- the load, which the rules check.
ALTER TABLE staged_results RENAME TO stored;
CREATE TEMP TABLE staged_results AS FROM stored LIMIT 0;
