-- A status is one of four words, and is in place of the figures.
SELECT file, row, 'status' AS "column",
       CASE WHEN stated(said[2]) IS NULL THEN 'unknown status `' || said[2] || '`.'
            ELSE 'the status ' || said[2] || ' is beside the numerator ' || said[1] || '.' END AS problem,
       CASE WHEN stated(said[2]) IS NULL THEN 'Write withheld, not_applicable, not_available or low, or leave it empty.'
            ELSE 'Delete one of the two.' END AS remedy
FROM (SELECT file, row, string_split(num, '|status|') AS said FROM staged_results WHERE contains(num, '|status|'))
