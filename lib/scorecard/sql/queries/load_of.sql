-- The last load, whether results up to $month are in no load, and whether results of the last load have no place in
-- today's reference data.
SELECT max(load) AS load,
       EXISTS (
           FROM result_versions AS v
           JOIN loads AS edits
               ON NOT edits.recorded AND (v.first_load = edits.load OR v.last_load = edits.load - 1)
           WHERE v.month <= month_start($month)
       ) AS edited,
       EXISTS (FROM displaced) AS displaced
FROM loads WHERE recorded;
