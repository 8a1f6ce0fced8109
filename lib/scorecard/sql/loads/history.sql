-- Every version of a result (`month` NULL: of every month), and where it was taken away, with the load
-- that brought it; asked of the store.
WITH versions AS (
    SELECT * FROM result_versions
    WHERE unit = $unit AND code = $code AND (CAST($month AS VARCHAR) IS NULL OR month = month_start($month))
),
steps AS (
    SELECT cohort, month, first_load AS load, num, denom, provenance FROM versions
    UNION ALL
    SELECT cohort, month, last_load + 1, NULL, NULL, NULL FROM versions AS v
    WHERE last_load < 2147483647 AND NOT EXISTS (
        FROM versions AS n
        WHERE n.cohort = v.cohort AND n.month = v.month AND n.first_load = v.last_load + 1
    )
)
SELECT u.name AS unit, i.code, i.name AS indicator, s.cohort, strftime(s.month, '%Y-%m') AS month,
       s.load, l.recorded, l.loaded_at, l.loaded_by, l.why, s.num, s.denom, s.provenance, i.format,
       shown(result_top(i.format, s.num), result_bottom(i.format, s.denom), display_places(i.format))
           AS shown,
       count(*) OVER (PARTITION BY s.cohort, s.month) AS steps
FROM steps AS s JOIN loads AS l USING (load) JOIN indicators AS i ON i.code = $code
JOIN units AS u ON u.unit = $unit
ORDER BY s.month, s.cohort, s.load;
