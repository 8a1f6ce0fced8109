-- title: Sums that are missing, because parts were supplied finished
-- group: completeness
-- grade: look
-- structural: information
-- rank: 23
-- remedy: Ask for numerators and denominators of the units below, or for a result of the unit itself.
--
-- A unit has no result of its own of an indicator that is added up, and units right below it have finished results:
-- nothing can be added up from these.
WITH finished AS (
    SELECT f.parent AS unit, f.code, f.name, f.month, list(f.unit_name ORDER BY u.position) AS parts
    FROM finished_results AS f
    JOIN indicators AS i ON i.code = f.code AND i.added_up
    JOIN units AS u ON u.unit = f.unit
    WHERE f.parent IS NOT NULL
    GROUP BY ALL
)
SELECT f.unit, f.code,
       u.name || ', ' || f.name || ', has no sum: ' || listed(f.parts) || ' came finished, without numerator and '
       || 'denominator, and finished results can''t be added up.' AS says,
       CASE WHEN last.unit IS NOT NULL THEN 'every month' ELSE 'new' END AS lasting, len(f.parts) AS weight
FROM finished AS f
JOIN units AS u ON u.unit = f.unit
ANTI JOIN arrived AS a ON a.unit = f.unit AND a.code = f.code AND a.cohort = 'all'
LEFT JOIN finished AS last
    ON last.unit = f.unit AND last.code = f.code AND last.month = getvariable('last_month')
WHERE f.month = getvariable('this_month')
