-- The figures that may differ from those of the store, other than those of whole months: those whose data period has a
-- changed result, and those of a cohort that now begins with another load. $recorded is the last load that the store
-- knew. If there are later loads, figures of results that were in no load may differ too: a pack that shows them may
-- have been published meanwhile.
INSERT INTO stale
WITH now AS (
    FROM result_versions
    WHERE month IN (FROM touched) OR (added_up AND month >= (SELECT min(month) FROM touched))
),
altered AS (
    SELECT DISTINCT unit, code, cohort, month
    FROM (
        (SELECT * EXCLUDE (row) FROM former EXCEPT ALL SELECT * EXCLUDE (row) FROM now)
        UNION ALL
        (SELECT * EXCLUDE (row) FROM now EXCEPT ALL SELECT * EXCLUDE (row) FROM former)
    )
),
spans AS (
    SELECT i.code, k.short_term, t.month AS altered, m.month
    FROM indicators AS i
    CROSS JOIN (VALUES (false), (true)) AS k(short_term)
    CROSS JOIN (SELECT DISTINCT month FROM altered) AS t
    JOIN months_reported AS m
        ON t.month BETWEEN period_opens(CASE WHEN k.short_term THEN 'R3M' ELSE i.data_period END, i.supplied, m.month)
                       AND m.month
),
begun AS (
    SELECT DISTINCT unit, code, cohort
    FROM (
        (FROM series_before EXCEPT FROM cohort_series()) UNION ALL (FROM cohort_series() EXCEPT FROM series_before)
    )
)
SELECT a.unit, a.code, a.cohort, s.month, s.short_term
FROM altered AS a JOIN spans AS s ON s.code = a.code AND s.altered = a.month
UNION
SELECT b.unit, b.code, b.cohort, m.month, k.short_term
FROM begun AS b
CROSS JOIN months_reported AS m
CROSS JOIN (VALUES (false), (true)) AS k(short_term)
UNION
SELECT f.unit, f.code, f.cohort, f.month, f.short_term
FROM (
    SELECT unit, code, cohort, month, first_load, false AS short_term FROM figure_versions
    UNION ALL
    SELECT unit, code, cohort, month, first_load, true FROM short_term_figure_versions
) AS f
WHERE f.first_load > $recorded AND (SELECT max(load) FROM loads WHERE recorded) > $recorded;
