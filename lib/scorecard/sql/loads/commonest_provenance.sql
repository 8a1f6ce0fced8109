-- The provenance that most results have; none without results.
SELECT provenance FROM stored WHERE provenance IS NOT NULL GROUP BY ALL ORDER BY count(*) DESC, provenance LIMIT 1;
