-- The last load, and whether results up to $month are in none.
SELECT max(load) AS load,
       EXISTS (
           FROM result_versions AS v
           JOIN loads AS edits
               ON NOT edits.recorded AND (v.first_load = edits.load OR v.last_load = edits.load - 1)
           WHERE v.month <= month_start($month)
       ) AS edited
FROM loads WHERE recorded;
