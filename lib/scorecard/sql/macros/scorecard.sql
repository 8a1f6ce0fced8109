-- scorecards(units, month, cohort, as_at) : one row for each unit and rated indicator, in order of
-- display, with everything a scorecard says of it.
--
--   num denom (as sums over the data period) num_places denom_places (their usual decimals)
--   result shown places near_threshold status rating target floor_standard … (periods.sql)
--   cases_to_target   how many more (H) or fewer (L) cases would have met it (rating.sql); NULL for
--                  figures supplied in parts, such as posts
--   month_ago_*    the same indicator one month earlier: num, denom, shown, status, rating (under
--                  the target then in force), direction
--   month_ago_target month_ago_floor_standard month_ago_green_within month_ago_amber_within
--                  what was in force then
--   rating_by_earlier_target   the rating that this month's result would have by what was in force then:
--                  where it is that of the month before, the rating changed because the target did
--   year_ago_*     likewise twelve months earlier, in year_ago_month
--   r3m_*          the last three months, rated against the same target; status NULL where the
--                  indicator has no such figure (shown as a dash)
--   revised and *_revised   whether the figure is another than the one first published
-- An earlier status of 'not-comparable' says that the definition changed in between
-- (comparable_from), or that a year to date began anew after the month before; the figure is then
-- left out, and so is the direction.
CREATE MACRO scorecards(for_units, for_month, for_cohort := 'all', as_at := NULL) AS TABLE
    WITH this_month AS (
        FROM figures_as_at(as_at)
        WHERE list_contains(for_units, unit) AND month = month_start(for_month)
          AND cohort = for_cohort
    ),
    earlier AS (
        SELECT f.* REPLACE (
            CASE WHEN f.comparable_from > f.month AND f.comparable_from <= month_start(for_month)
                   OR i.data_period = 'YTD' AND f.month = months_before(month_start(for_month), 1)
                      AND year_opens(f.month) <> year_opens(month_start(for_month))
                 THEN 'not-comparable' ELSE f.status END AS status)
        FROM figures_as_at(as_at) AS f JOIN indicators AS i ON i.code = f.code
        WHERE list_contains(for_units, f.unit) AND f.cohort = for_cohort
          AND f.month IN (months_before(month_start(for_month), 1),
                          year_before(month_start(for_month)))
    )
    SELECT
        w.unit, u.name AS unit_name, u.kind AS unit_kind, u.position AS unit_position,
        w.code, i.position, i.section, i.name, i.polarity, i.data_period, i.format,
        w.cohort, w.num, w.denom, p.num_places, p.denom_places, w.result, w.shown, w.places, w.precise, w.near_threshold, w.status,
        w.rating, w.target, w.floor_standard, w.green_within, w.amber_within, w.target_note,
        CASE WHEN p.num_places = 0 THEN CAST(
            cases_to_target(i.polarity, i.format, w.num, w.denom, w.target) AS INTEGER)
        END AS cases_to_target,
        i.comparable_from, i.definition, i.data_source, w.provenance, w.revised,
        w.top, w.bottom,
        coalesce(m.status, 'not-available') AS month_ago_status,
        CASE WHEN m.status <> 'not-comparable' THEN m.num END AS month_ago_num,
        CASE WHEN m.status <> 'not-comparable' THEN m.denom END AS month_ago_denom,
        CASE WHEN m.status = 'available' THEN m.shown END AS month_ago_shown,
        CASE WHEN m.status = 'available' THEN m.result END AS month_ago_result,
        CASE WHEN m.status = 'available' THEN m.precise END AS month_ago_precise,
        m.places AS month_ago_places,
        CASE WHEN m.status = 'available' THEN m.rating END AS month_ago_rating,
        CASE WHEN m.status = 'available' THEN m.provenance END AS month_ago_provenance,
        CASE WHEN m.status <> 'not-comparable' THEN m.revised END AS month_ago_revised,
        CASE WHEN m.status = 'available' THEN
            direction(i.polarity, w.target, w.top, w.bottom, m.top, m.bottom)
        END AS month_ago_direction,
        m.target AS month_ago_target, m.floor_standard AS month_ago_floor_standard,
        m.green_within AS month_ago_green_within, m.amber_within AS month_ago_amber_within,
        CASE WHEN m.status = 'available' THEN
            rating(i.polarity, w.top, w.bottom, m.target, m.floor_standard, m.green_within,
                   m.amber_within)
        END AS rating_by_earlier_target,
        year_before(w.month) AS year_ago_month,
        coalesce(y.status, 'not-available') AS year_ago_status,
        CASE WHEN y.status = 'available' THEN y.shown END AS year_ago_shown,
        CASE WHEN y.status = 'available' THEN y.result END AS year_ago_result,
        CASE WHEN y.status = 'available' THEN y.rating END AS year_ago_rating,
        CASE WHEN y.status = 'available' THEN y.provenance END AS year_ago_provenance,
        CASE WHEN y.status <> 'not-comparable' THEN y.revised END AS year_ago_revised,
        CASE WHEN y.status = 'available' THEN
            direction(i.polarity, w.target, w.top, w.bottom, y.top, y.bottom)
        END AS year_ago_direction,
        s.status AS r3m_status, s.num AS r3m_num, s.denom AS r3m_denom, s.shown AS r3m_shown,
        s.result AS r3m_result, s.rating AS r3m_rating, s.near_threshold AS r3m_near_threshold,
        s.places AS r3m_places, s.precise AS r3m_precise, s.provenance AS r3m_provenance,
        s.revised AS r3m_revised
    FROM this_month AS w
    JOIN units AS u ON u.unit = w.unit
    JOIN indicators AS i ON i.code = w.code
    LEFT JOIN places_as_at(for_month, as_at := as_at) AS p ON p.code = w.code
    LEFT JOIN earlier AS m
        ON m.month = months_before(w.month, 1) AND m.unit = w.unit AND m.code = w.code
    LEFT JOIN earlier AS y
        ON y.month = year_before(w.month) AND y.unit = w.unit AND y.code = w.code
    LEFT JOIN short_term_figures_as_at(as_at) AS s
        ON s.month = w.month AND s.unit = w.unit AND s.code = w.code AND s.cohort = w.cohort
    WHERE i.polarity IS NOT NULL
    ORDER BY u.position, i.position;

-- scorecard('kent', '2016-08') : the scorecard of one unit.
CREATE MACRO scorecard(for_unit, for_month, as_at := NULL) AS TABLE
    FROM scorecards([for_unit], for_month, as_at := as_at);

-- rating_totals('kent', '2016-08') : how many indicators of that scorecard are rated, and how.
CREATE MACRO rating_totals(for_unit, for_month, as_at := NULL) AS TABLE
    SELECT count(*) FILTER (rating IN ('green', 'amber', 'red')) AS rated,
           count(*) FILTER (rating = 'green') AS green,
           count(*) FILTER (rating = 'amber') AS amber,
           count(*) FILTER (rating = 'red') AS red
    FROM scorecard(for_unit, for_month, as_at := as_at);
