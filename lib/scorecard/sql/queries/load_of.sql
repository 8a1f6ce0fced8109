-- The load that the pages of $month are of: the last one; none while results up to that month are in no
-- load.
SELECT max(load) AS load FROM loads
WHERE recorded AND NOT EXISTS (
    FROM result_versions AS v
    JOIN loads AS edits
        ON NOT edits.recorded AND (v.first_load = edits.load OR v.last_load = edits.load - 1)
    WHERE v.month <= month_start($month)
);
