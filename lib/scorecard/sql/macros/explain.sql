-- compared_format(format, finished) → the format by which the comparison of a finished result is written: it
-- is one figure, as a count is.
CREATE MACRO compared_format(format, finished) AS CASE WHEN finished THEN 'count' ELSE format END;

-- explain('kent', '17', '2016-08') : one row: where a figure comes from. What it is added up from is in
-- explain_rows.
--
--   opens          the first month of its data period, month being the last
--   num denom      sums over the data period; result, shown, precise, places and finished as in periods.sql
--   finished_below of a figure that would be added up and is not available: the units right below whose results
--                  were supplied finished, so that nothing can be added up; NULL of others
--   target_from    the month from which its target is in force, with the row of data/reference/targets.csv
--   rating_why     the comparison that decided the rating
--   month_ago_* year_ago_*   the earlier figure: month, status, num, denom, shown, shown_places, and the direction from it
--                  with the comparison that decided it (why)
--   revised        whether it differs from the one first published, in which case
--   was_*          is the one first published: num, denom, shown, rating, by a pack made from load shown_from
--   revised_by     the loads that changed it since
CREATE MACRO explain(for_unit, for_code, for_month, for_cohort := 'all', as_at := NULL) AS TABLE
    WITH known AS (
        SELECT f.*, i.data_period,
               status_beside(f.status, is_comparable(i.data_period, i.comparable_from, f.month, month_start(for_month)),
                             i.added, f.month) AS comparable_status
        FROM figures_as_at(as_at) AS f JOIN indicators_in(for_month) AS i ON i.code = f.code
        WHERE known_or_error(for_unit, for_code, for_cohort, for_month, as_at)
          AND f.unit = for_unit AND f.code = code_text(for_code) AND f.cohort = for_cohort
    ),
    this AS (FROM known WHERE month = month_start(for_month)),
    earlier AS (
        SELECT e.* REPLACE (CASE WHEN e.comparable_status = 'available' THEN e.shown END AS shown,
                            CASE WHEN e.comparable_status <> 'not-comparable' THEN e.num END AS num,
                            CASE WHEN e.comparable_status <> 'not-comparable' THEN e.denom END AS denom),
               CASE WHEN e.comparable_status = 'available' THEN
                   direction(t.polarity, t.target, t.top, t.bottom, e.top, e.bottom) END AS direction
        FROM known AS e CROSS JOIN this AS t
    ),
    compared AS (
        SELECT e.*,
               CASE WHEN t.finished AND e.finished
                    THEN direction_why(e.direction, t.polarity, 'count', t.target, t.top, NULL, e.top, NULL)
                    WHEN t.finished OR e.finished
                    THEN direction_why(e.direction, t.polarity, 'ratio', t.target, t.top, t.bottom, e.top, e.bottom)
                    ELSE direction_why(e.direction, t.polarity, t.format, t.target, t.num, t.denom, e.num, e.denom)
                    END AS why
        FROM earlier AS e CROSS JOIN this AS t
    ),
    not_added AS (
        SELECT list(b.name ORDER BY b.position) AS units
        FROM given_as_at(as_at) AS g
        JOIN units_in(for_month) AS b ON b.unit = g.unit
        WHERE list_contains([for_unit], b.parent) AND g.code = code_text(for_code) AND g.cohort = for_cohort
          AND g.month = month_start(for_month) AND g.result IS NOT NULL
    )
    SELECT f.unit, u.name AS unit_name, n.units AS finished_below, f.code, i.name, i.section, f.polarity, i.data_period, i.supplied,
           f.format, f.cohort, f.month, period_opens(i.data_period, i.supplied, f.month) AS opens,
           i.definition, i.data_source, i.comparable_from, i.amended, f.status, f.num, f.denom, f.finished, f.result,
           f.shown, f.shown_places, f.precise, f.places, f.near_threshold, f.provenance, f.added_up,
           t.valid_from AS target_from, f.target, f.floor_standard, f.green_within, f.amber_within,
           f.target_note, CASE WHEN f.polarity IS NOT NULL THEN f.rating END AS rating,
           rating_why(f.rating, f.polarity, compared_format(f.format, f.finished),
                      CASE WHEN f.finished THEN f.top ELSE f.num END, f.denom, f.target, f.floor_standard,
                      f.green_within, f.amber_within) AS rating_why,
           months_before(f.month, 1) AS month_ago_month, coalesce(m.comparable_status, 'not-available') AS month_ago_status,
           m.num AS month_ago_num, m.denom AS month_ago_denom, m.shown AS month_ago_shown,
           m.shown_places AS month_ago_shown_places,
           m.direction AS month_ago_direction, m.why AS month_ago_why,
           year_before(f.month) AS year_ago_month, coalesce(y.comparable_status, 'not-available') AS year_ago_status,
           y.num AS year_ago_num, y.denom AS year_ago_denom, y.shown AS year_ago_shown,
           y.shown_places AS year_ago_shown_places,
           y.direction AS year_ago_direction, y.why AS year_ago_why,
           f.revised, r.shown_from, r.was_num, r.was_denom, r.was_shown, r.was_shown_places, r.was_rating, r.loads AS revised_by
    FROM this AS f
    JOIN units_in(for_month) AS u ON u.unit = f.unit
    JOIN indicators_in(for_month) AS i ON i.code = f.code
    LEFT JOIN targets_in_force(month_start(for_month)) AS t ON t.code = f.code
    LEFT JOIN not_added AS n ON i.added_up AND f.status = 'not-available'
    LEFT JOIN compared AS m ON m.month = months_before(f.month, 1)
    LEFT JOIN compared AS y ON y.month = year_before(f.month)
    LEFT JOIN revisions([for_unit], for_month, as_at := as_at) AS r
        ON r.code = f.code AND r.cohort = f.cohort AND r.month = f.month AND r.data_period IS NULL;

-- result_file(v) → the file that a row of result_versions is in: its month's, or of one that was changed since
-- the changes of the load that brought it; NULL of a sum.
CREATE MACRO result_file(v) AS
    CASE WHEN v.added_up THEN NULL
         WHEN v.last_load = end_of_loads() THEN 'data/results/' || strftime(v.month, '%Y-%m') || '.csv'
         WHEN v.month IS NOT NULL THEN 'data/loads/' || lpad(CAST(v.first_load AS VARCHAR), 4, '0') || '/changes.csv'
    END;

-- explain_rows('kent', '17', '2016-08') : the results that a figure is made of, a row for each month of its
-- data period, the oldest first.
--
--   num denom shown   the month's own; NULL where the month is missing, or `status` says why there is no figure
--   result, result_places   a finished result, with the decimals that it was given with, in place of these
--   provenance, footnote   where it comes from, and the reader's footnote on that
--   added_up       it is the sum of the units below: explain_parts has them
--   file, row      where it is now, unless it is a sum; of a result that was changed since, as with as_at, the changes of the load
--                  that brought it, without a row
--   load recorded loaded_at time_zone loaded_by why   the load that brought it; recorded is false for an edit
--                  by hand
CREATE MACRO explain_rows(for_unit, for_code, for_month, for_cohort := 'all', as_at := NULL) AS TABLE
    WITH wanted AS (
        SELECT i.code, i.format,
               CAST(unnest(generate_series(
                   period_opens(i.data_period, i.supplied, month_start(for_month)),
                   month_start(for_month), INTERVAL 1 MONTH)) AS DATE) AS month
        FROM indicators AS i
        WHERE known_or_error(for_unit, for_code, for_cohort, for_month, as_at) AND i.code = code_text(for_code)
    )
    SELECT for_unit AS unit, w.code, for_cohort AS cohort, w.month, v.num, v.denom, v.result, v.result_places,
           shown(result_top(w.format, v.num), result_bottom(w.format, v.denom), w.format) AS shown,
           v.status, v.provenance, p.footnote, coalesce(v.added_up, false) AS added_up,
           result_file(v) AS file, v.row, l.load, l.recorded, l.loaded_at, l.time_zone, l.loaded_by, l.why
    FROM wanted AS w
    LEFT JOIN result_versions AS v
        ON v.unit = for_unit AND v.code = w.code AND v.cohort = for_cohort AND v.month = w.month
        AND load_as_at(as_at) BETWEEN v.first_load AND v.last_load
    LEFT JOIN loads AS l ON l.load = v.first_load
    LEFT JOIN provenances AS p ON p.provenance = v.provenance
    ORDER BY w.month;

-- explain_parts('kent', '17', '2016-08') : of each month of a figure's data period that is added up, or that would be
-- if no part was missing, the units right below, in order of display; num is NULL of one that has no result.
--
--   added_up       the part is a sum too: explain_parts of that unit has its parts
--   num denom shown result result_places provenance file row load   of the part, as in explain_rows
CREATE MACRO explain_parts(for_unit, for_code, for_month, for_cohort := 'all', as_at := NULL) AS TABLE
    SELECT w.month, u.unit, u.name AS unit_name, coalesce(v.added_up, false) AS added_up, v.num, v.denom,
           v.result, v.result_places, v.status,
           shown(result_top(i.format, v.num), result_bottom(i.format, v.denom), i.format) AS shown,
           v.provenance, result_file(v) AS file, v.row, v.first_load AS load
    FROM explain_rows(for_unit, for_code, for_month, for_cohort := for_cohort, as_at := as_at) AS w
    JOIN indicators AS i ON i.code = w.code
    JOIN unit_spells AS u ON list_contains([w.unit], u.parent) AND w.month BETWEEN u.first_month AND u.last_month
    LEFT JOIN result_versions AS v
        ON v.unit = u.unit AND v.code = w.code AND v.cohort = w.cohort AND v.month = w.month
        AND load_as_at(as_at) BETWEEN v.first_load AND v.last_load
    WHERE (w.added_up OR coalesce(w.num, w.result) IS NULL AND i.added_up) AND known_or_error(for_unit, for_code, for_cohort, for_month, as_at)
    ORDER BY w.month, u.position;
