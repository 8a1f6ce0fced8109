-- How many results each file holds.
SELECT file, count(*) FROM loaded GROUP BY file;
