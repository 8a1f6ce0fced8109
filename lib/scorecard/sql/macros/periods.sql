-- period_results(units, first, last, short_term) : one row for each unit, indicator, cohort (other
-- than `all`: where it is supplied at all) and reporting month from `first` to `last` (dates), with
-- the result of its data period, or with short_term := true that of the last three months (rolling
-- 12-month indicators supplied monthly).
--
--   num, denom     sums over the data period, with room for twelve of the largest figure; NULL
--                  unless status is 'available' or 'not-applicable': a period with a month missing
--                  has no result
--   top, bottom    the result as an exact fraction (see rounding.sql)
--   status         'available' | 'not-available' (a month is missing) | 'not-applicable' (denom 0)
--   provenance     the distinct provenances of its rows as a sorted list, or the one the data
--                  period has of its own
CREATE MACRO period_results(for_units, first_month, last_month, short_term := false) AS TABLE
    WITH wanted AS (
        SELECT u.unit, i.code, c.cohort, m.month, i.format,
               period_opens(CASE WHEN short_term THEN 'R3M' ELSE i.data_period END,
                            i.supplied, m.month) AS opens
        FROM (SELECT DISTINCT unnest(for_units) AS unit) AS u
        CROSS JOIN (
            SELECT CAST(unnest(generate_series(first_month, last_month, INTERVAL 1 MONTH)) AS DATE)
                AS month
        ) AS m
        CROSS JOIN (VALUES ('all'), ('excluding_uasc')) AS c (cohort)
        CROSS JOIN indicators AS i
        WHERE (NOT short_term OR (i.data_period = 'R12M' AND i.supplied = 'monthly'))
          AND (c.cohort = 'all' OR (u.unit, i.code, c.cohort) IN (
              SELECT DISTINCT (unit, code, cohort) FROM results WHERE cohort <> 'all'))
    ),
    summed AS (
        SELECT w.unit, w.code, w.cohort, w.month, w.format,
               date_diff('month', w.opens, w.month) + 1 AS months_needed,
               count(r.num) AS months_found,
               sum(r.num) AS num, sum(r.denom) AS denom,
               list_sort(list(DISTINCT r.provenance) FILTER (r.provenance IS NOT NULL))
                   AS provenance
        FROM wanted AS w
        LEFT JOIN results AS r
            ON r.unit = w.unit AND r.code = w.code AND r.cohort = w.cohort
            AND r.month BETWEEN w.opens AND w.month
        GROUP BY ALL
    ),
    weighed AS (
        SELECT *, months_found = months_needed AS complete FROM summed
    )
    SELECT w.unit, w.code, w.cohort, w.month,
           CAST(CASE WHEN complete THEN num END AS DECIMAL(24, 4)) AS num,
           CAST(CASE WHEN complete THEN denom END AS DECIMAL(24, 4)) AS denom,
           CASE WHEN complete AND (format = 'count' OR denom <> 0)
                THEN result_top(format, num) END AS top,
           CASE WHEN complete AND (format = 'count' OR denom <> 0)
                THEN result_bottom(format, denom) END AS bottom,
           CASE WHEN NOT complete THEN 'not-available'
                WHEN format <> 'count' AND denom = 0 THEN 'not-applicable'
                ELSE 'available' END AS status,
           CASE WHEN p.provenance IS NOT NULL THEN [p.provenance]
                ELSE w.provenance END AS provenance
    FROM weighed AS w
    LEFT JOIN period_provenances AS p
        ON p.unit = w.unit AND p.code = w.code AND p.cohort = w.cohort AND p.month = w.month
        AND (p.data_period IS NOT DISTINCT FROM CASE WHEN short_term THEN 'R3M' END);

-- rated_results(units, first, last, short_term) : period_results with the target in force in each
-- month, the rating, and the figure a reader sees.
--
--   result         DOUBLE, for charts and sums; never for comparing
--   shown          DECIMAL, rounded for display (percentages without the sign)
--   places         the decimals at which the figure earns its rating; above the usual number when
--                  the result lies within rounding of a threshold (near_threshold)
--   telling        the figure with that many decimals
CREATE MACRO rated_results(for_units, first_month, last_month, short_term := false) AS TABLE
    WITH held AS (
        SELECT p.*, i.polarity, i.format, i.comparable_from,
               t.target, t.floor_standard, t.green_within, t.amber_within, t.note AS target_note
        FROM period_results(for_units, first_month, last_month, short_term := short_term) AS p
        JOIN indicators AS i ON i.code = p.code
        ASOF LEFT JOIN targets AS t ON t.code = p.code AND p.month >= t.valid_from
    ),
    told AS (
        SELECT *,
               CAST(top AS DOUBLE) / CAST(bottom AS DOUBLE) AS result,
               shown(top, bottom, display_places(format)) AS shown,
               rating(polarity, top, bottom, target, floor_standard, green_within, amber_within)
                   AS rating,
               telling_places(polarity, format, top, bottom, target, floor_standard, green_within,
                              amber_within) AS places
        FROM held
    )
    SELECT *, places > display_places(format) AS near_threshold,
           shown(top, bottom, places) AS telling
    FROM told;
