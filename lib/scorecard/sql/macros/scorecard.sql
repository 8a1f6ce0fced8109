-- scorecards_as_figures(for_units, for_month, for_cohort, since, as_at) : one row for each unit and rated
-- indicator, in order of display, with every figure that a scorecard shows of it as one value (figure_of in
-- periods.sql).
--
--   latest         over the data period that ends with the month
--   month_ago      one month earlier, rated against the target then in force; its `direction` is the
--                  direction of travel since
--   year_ago       twelve months earlier, likewise
--   previous       in the month of the previous report, `since` (text), likewise; the month before unless given
--   r3m            over the last three months, rated against the same target; NULL where the indicator
--                  has no such figure (shown as a dash)
--   target_note    on the target in force in the month
--   rating_by_earlier_target   this month's result rated by the target of the previous report. If that gives the
--                  previous rating, the target changed the rating
--   cases_to_target   how many more (H) or fewer (L) cases would have met it (polarity.sql)
--   cases_to_floor    how many more (H) or fewer (L) would have kept it from being Red
--   cases_to_red      how many fewer (H) or more (L) would have made it Red
-- The three are NULL for T, for averages and for figures with decimals, such as 404.3 posts.
--   counted_as others_are   what a case is, and what those beside the numerator are (child / children)
-- A status of 'not-comparable' says that the definition changed in between (comparable_from), that a year to
-- date began anew, or that the indicator is new (comparable.sql).
CREATE MACRO scorecards_as_figures(for_units, for_month, for_cohort := 'all', since := NULL,
                                   as_at := NULL) AS TABLE
    WITH this_month AS (
        FROM figures_as_at(as_at)
        WHERE list_contains(for_units, unit) AND month = month_start(for_month)
          AND cohort = for_cohort
    ),
    with_status AS (
        SELECT f.* REPLACE (
            status_beside(f.status, is_comparable(i.data_period, i.comparable_from, f.month, month_start(for_month)),
                          i.added, f.month) AS status)
        FROM figures_as_at(as_at) AS f JOIN indicators_in(for_month) AS i ON i.code = f.code
        WHERE list_contains(for_units, f.unit) AND f.cohort = for_cohort
          AND f.month IN (months_before(month_start(for_month), 1), year_before(month_start(for_month)),
                          reported_before(for_month, since))
    ),
    comparable_earlier AS (
        SELECT * REPLACE (CASE WHEN status = 'available' THEN provenance END AS provenance) FROM with_status
    ),
    short_term AS (
        FROM short_term_figures_as_at(as_at)
        WHERE list_contains(for_units, unit) AND month = month_start(for_month) AND cohort = for_cohort
    )
    SELECT
        w.unit, u.name AS unit_name, u.kind AS unit_kind, u.position AS unit_position,
        w.code, i.position, i.section, i.name, i.short_name, i.polarity, i.data_period, i.format, w.cohort,
        w.target_note, i.comparable_from, i.definition, i.data_source, i.counted_as, i.others_are,
        CASE WHEN p.num_places = 0 THEN CAST(
            cases_to_target(i.polarity, i.format, w.num, w.denom, w.target) AS INTEGER)
        END AS cases_to_target,
        CASE WHEN p.num_places = 0 THEN CAST(
            cases_to_floor(i.polarity, i.format, w.num, w.denom, w.floor_standard) AS INTEGER)
        END AS cases_to_floor,
        CASE WHEN p.num_places = 0 THEN CAST(
            cases_to_red(i.polarity, i.format, w.num, w.denom, w.floor_standard) AS INTEGER)
        END AS cases_to_red,
        CASE WHEN prev.status = 'available' THEN
            rating(i.polarity, w.top, w.bottom, prev.target, prev.floor_standard, prev.green_within,
                   prev.amber_within)
        END AS rating_by_earlier_target,
        figure_of(w, p) AS latest,
        figure_of(m, p, direction_there := direction(i.polarity, w.target, w.top, w.bottom, m.top, m.bottom)) AS month_ago,
        figure_of(y, p, direction_there := direction(i.polarity, w.target, w.top, w.bottom, y.top, y.bottom)) AS year_ago,
        figure_of(prev, p, direction_there := direction(i.polarity, w.target, w.top, w.bottom, prev.top, prev.bottom))
            AS previous,
        CASE WHEN s.status IS NOT NULL THEN figure_of(s, p, in_period := 'R3M') END AS r3m
    FROM this_month AS w
    JOIN units_in(for_month) AS u ON u.unit = w.unit
    JOIN indicators_in(for_month) AS i ON i.code = w.code
    LEFT JOIN places_as_at(for_month, as_at := as_at) AS p ON p.code = w.code
    LEFT JOIN comparable_earlier AS m
        ON m.month = months_before(w.month, 1) AND m.unit = w.unit AND m.code = w.code
    LEFT JOIN comparable_earlier AS y
        ON y.month = year_before(w.month) AND y.unit = w.unit AND y.code = w.code
    LEFT JOIN comparable_earlier AS prev
        ON prev.month = reported_before(for_month, since) AND prev.unit = w.unit AND prev.code = w.code
    LEFT JOIN short_term AS s ON s.unit = w.unit AND s.code = w.code
    WHERE i.polarity IS NOT NULL
    ORDER BY u.position, i.position;

-- scorecards(for_units, for_month, for_cohort, since, as_at) : scorecards_as_figures, flat: each part of a figure
-- is a column (figure_of in periods.sql says what they are). Those of `latest` have their own names; those of the
-- others begin with month_ago_, year_ago_, previous_ and r3m_.
CREATE MACRO scorecards(for_units, for_month, for_cohort := 'all', since := NULL, as_at := NULL) AS TABLE
    SELECT * EXCLUDE (latest, month_ago, year_ago, previous, r3m),
           latest.* EXCLUDE (unit, code, cohort, month, period, format, direction),
           COLUMNS(month_ago.* EXCLUDE (unit, code, cohort, period, format)) AS "month_ago_\0",
           COLUMNS(year_ago.* EXCLUDE (unit, code, cohort, period, format)) AS "year_ago_\0",
           COLUMNS(previous.* EXCLUDE (unit, code, cohort, period, format)) AS "previous_\0",
           COLUMNS(r3m.* EXCLUDE (unit, code, cohort, month, period, format, direction)) AS "r3m_\0"
    FROM scorecards_as_figures(for_units, for_month, for_cohort := for_cohort, since := since, as_at := as_at);

-- scorecard('kent', '2016-08') : the scorecard of one unit.
CREATE MACRO scorecard(for_unit, for_month, since := NULL, as_at := NULL) AS TABLE
    FROM scorecards([for_unit], for_month, since := since, as_at := as_at)
    WHERE known_or_error(for_unit, NULL, 'all', for_month, as_at);

-- rating_totals('kent', '2016-08') : how many indicators of that scorecard are rated, and how.
CREATE MACRO rating_totals(for_unit, for_month, as_at := NULL) AS TABLE
    SELECT count(*) FILTER (rating IN ('green', 'amber', 'red')) AS rated,
           count(*) FILTER (rating = 'green') AS green,
           count(*) FILTER (rating = 'amber') AS amber,
           count(*) FILTER (rating = 'red') AS red
    FROM scorecard(for_unit, for_month, as_at := as_at);
