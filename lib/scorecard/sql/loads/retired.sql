-- The loaded results of indicators that were retired by their month, which no page shows.
SELECT c.code, any_value(i.name) AS name, count(*) AS results
FROM change AS c JOIN staged_indicators AS i USING (code)
WHERE c.change <> 'removed' AND NOT in_catalogue(c.code, c.month)
  AND EXISTS (FROM staged_changes AS r WHERE r.code = c.code AND r.change = 'retired' AND r.month <= c.month)
GROUP BY c.code ORDER BY min(i.row);
