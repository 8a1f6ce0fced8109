-- The results in data/results move aside: the rules check the results after the load.
ALTER TABLE staged_results RENAME TO stored;
CREATE TEMP TABLE staged_results AS FROM stored LIMIT 0;
