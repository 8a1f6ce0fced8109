-- Lines of the file just read that are no rows of its table, alike ones as one: the first, and how many.
SELECT min(line), problem, count(*)
FROM (SELECT line, min(error_message) AS problem FROM reject_errors GROUP BY line)
GROUP BY problem
ORDER BY min(line);
