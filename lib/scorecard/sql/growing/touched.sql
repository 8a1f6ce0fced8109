-- The months whose results may differ from those of the store: those of $months, and those that loads after $recorded,
-- the last one the store knows, changed. If there are such loads, also those with results that were in no load, since
-- they are now in one or come after it.
CREATE TEMP TABLE touched AS
SELECT CAST(unnest($months) || '-01' AS DATE) AS month
UNION
SELECT CAST(month || '-01' AS DATE) FROM staged_ledger WHERE load > $recorded
UNION
SELECT month FROM result_versions
WHERE (first_load > $recorded OR last_load = $recorded) AND (SELECT max(load) FROM loads) > $recorded;
