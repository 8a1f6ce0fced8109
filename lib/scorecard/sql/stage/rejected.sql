-- Lines of the file just read that are no rows of its table.
SELECT line, min(error_message) AS problem FROM reject_errors GROUP BY line ORDER BY line;
