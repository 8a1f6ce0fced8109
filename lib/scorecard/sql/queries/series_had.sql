-- Which of $units have had a result of which indicator up to $month, a sum or a word in its place among them.
SELECT DISTINCT unit, code
FROM (FROM result_versions WHERE unit IN (SELECT unnest($units)))
WHERE month <= month_start($month) AND load_as_at($as_at) BETWEEN first_load AND last_load;
