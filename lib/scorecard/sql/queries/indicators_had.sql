-- Each pair of a unit, of $units, and an indicator that the unit has had a result of, up to $month. A sum counts as a
-- result, and so does a status in place of a figure.
SELECT DISTINCT unit, code
FROM (FROM result_versions WHERE unit IN (SELECT unnest($units)))
WHERE month <= month_start($month) AND load_as_at($as_at) BETWEEN first_load AND last_load;
