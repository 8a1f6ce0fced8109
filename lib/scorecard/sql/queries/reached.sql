-- The units of which a pack of $month can differ between load $earlier and $as_at: those with a result or figure,
-- up to that month, that differs; all units if the usual decimals of an indicator differ.
WITH versions AS (
    SELECT unit, month, first_load, last_load FROM result_versions
    UNION ALL
    SELECT unit, month, first_load, last_load FROM figure_versions
),
places AS (
    (FROM places_as_at($month, as_at := $earlier) EXCEPT FROM places_as_at($month, as_at := $as_at))
    UNION ALL
    (FROM places_as_at($month, as_at := $as_at) EXCEPT FROM places_as_at($month, as_at := $earlier))
)
SELECT unit
FROM units_in($month)
WHERE EXISTS (FROM places) OR unit IN (
    SELECT unit FROM versions
    WHERE month <= month_start($month)
      AND (load_as_at($earlier) BETWEEN first_load AND last_load) <> (load_as_at($as_at) BETWEEN first_load AND last_load));
