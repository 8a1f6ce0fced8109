-- revisions_as_figures(for_units, for_month, as_at) : the figures in that month's pack that differ from those
-- first published: of the months that it shows, over their data period (`data_period` NULL) and of
-- the month over the last three months ('R3M'); one row for each, in order of display.
--
--   cohort_words   how the cohort is named after the name of a figure: '' for all children
--   was            the figure as first published, from load `shown_from`, as one value (figure_of in
--                  periods.sql)
--   now            the figure as it is
--   loads          the loads that changed results in its data period in between
CREATE MACRO revisions_as_figures(for_units, for_month, as_at := NULL) AS TABLE
    WITH versions AS (
        SELECT NULL AS data_period, * FROM figure_versions
        UNION ALL
        SELECT 'R3M', * FROM short_term_figure_versions
        WHERE month = month_start(for_month)
    ),
    revised AS (
        FROM versions
        WHERE revised AND list_contains(for_units, unit)
          AND load_as_at(as_at) BETWEEN first_load AND last_load
          AND month BETWEEN page_opens(month_start(for_month)) AND month_start(for_month)
    ),
    changed AS (
        SELECT r.unit, r.code, r.cohort, r.month, r.data_period,
               list(DISTINCT came.first_load ORDER BY came.first_load) AS loads
        FROM revised AS r
        JOIN versions AS came
            ON came.unit = r.unit AND came.code = r.code AND came.cohort = r.cohort
            AND came.month = r.month AND came.data_period IS NOT DISTINCT FROM r.data_period
            AND came.first_load > r.shown_from AND came.first_load <= load_as_at(as_at)
        GROUP BY ALL
    )
    SELECT r.unit, u.name AS unit_name, r.code, i.name, i.format, r.cohort, k.words AS cohort_words, r.data_period,
           r.month, r.shown_from,
           figure_of(was, p, in_period := coalesce(r.data_period, '')) AS was,
           figure_of(r, p, in_period := coalesce(r.data_period, '')) AS now,
           c.loads
    FROM revised AS r
    JOIN units_in(for_month) AS u ON u.unit = r.unit
    JOIN indicators_in(for_month) AS i ON i.code = r.code
    JOIN cohorts AS k ON k.cohort = r.cohort
    LEFT JOIN places_as_at(for_month, as_at := as_at) AS p ON p.code = r.code
    JOIN versions AS was
        ON was.unit = r.unit AND was.code = r.code AND was.cohort = r.cohort AND was.month = r.month
        AND was.data_period IS NOT DISTINCT FROM r.data_period
        AND r.shown_from BETWEEN was.first_load AND was.last_load
    JOIN changed AS c
        ON c.unit = r.unit AND c.code = r.code AND c.cohort = r.cohort AND c.month = r.month
        AND c.data_period IS NOT DISTINCT FROM r.data_period
    ORDER BY u.position, i.position, k.position, r.data_period NULLS FIRST, r.month DESC;

-- revisions(for_units, for_month, as_at) : revisions_as_figures, flat: the parts (figure_of in periods.sql) of
-- `now` have their own names, and those of `was` begin with was_.
CREATE MACRO revisions(for_units, for_month, as_at := NULL) AS TABLE
    SELECT * EXCLUDE (was, now),
           COLUMNS(was.* EXCLUDE (unit, code, cohort, month, period, format, direction, revised))
               AS "was_\0",
           now.* EXCLUDE (unit, code, cohort, month, period, format, direction, revised)
    FROM revisions_as_figures(for_units, for_month, as_at := as_at);

-- pack_figures_of(for_units, for_month, as_at) : what a pack of that month says of each of these units, each
-- indicator or activity measure, and cohort: `says` holds
--   status num denom precise places rating provenance added_up
--                                    the month's figure over its data period, with the decimals that
--                                    show its rating
--   num_places denom_places          the decimals with which its numerator and denominator are written
--   *_shown_places                   likewise of each figure that follows
--   month_ago_month year_ago_month   the month before, and the same month a year before
--   month_ago_shown                  the figure of the month before, of an activity measure only for a stock
--   and, NULL for an activity measure, month_ago_direction year_ago_shown year_ago_direction
--   r3m_shown r3m_provenance
--   variation range_places mean expected_from expected_to
--                  of cohort all, what its process behaviour chart says of the month, as in signals_of,
--                  with the decimals that show it
--   moving moving_months moving_from moving_from_shown moving_from_places rated_since
--                  of cohort all, for how long a result moves one way, from which figure, and since when it
--                  has its rating, as far as pages write of it (streaks.sql)
--   trend        of cohort all, what there is of the earlier months of its trend, the latest first:
--                month status num denom precise places rating provenance added_up
-- An activity measure is shown as supplied. Of a cohort other than all, a pack shows the month's figure only.
CREATE MACRO pack_figures_of(for_units, for_month, as_at := NULL) AS TABLE
    WITH scored AS (
        FROM scorecards(for_units, for_month, as_at := as_at)
    ),
    trend AS (
        SELECT unit, code, cohort,
               list({'month': month, 'status': status, 'num': num, 'denom': denom,
                     'precise': CASE WHEN polarity IS NULL THEN num ELSE precise END,
                     'places': CASE WHEN coalesce(num, result) IS NULL THEN NULL WHEN polarity IS NULL THEN num_places
                                    ELSE places END,
                     'rating': rating, 'provenance': provenance, 'added_up': added_up} ORDER BY month DESC) AS months
        FROM trends(for_units, (SELECT list(code) FROM indicators_in(for_month)), for_month,
                    as_at := as_at)
        WHERE month < month_start(for_month) AND status <> 'not-available'
        GROUP BY ALL
    ),
    judged AS (
        SELECT unit AS judged_unit, code AS judged_code, variation, range_places,
               displayed(mean, range_places) AS mean,
               displayed(expected_from, range_places) AS expected_from,
               displayed(expected_to, range_places) AS expected_to
        FROM signals_of(for_units, for_month, as_at := as_at)
    ),
    lasting AS (
        SELECT unit AS lasting_unit, code AS lasting_code, moving_from, rated_since,
               CASE WHEN moving_from IS NOT NULL THEN direction END AS moving,
               CASE WHEN moving_from IS NOT NULL THEN months END AS moving_months,
               CASE WHEN moving_from IS NOT NULL THEN from_shown END AS moving_from_shown,
               CASE WHEN moving_from IS NOT NULL THEN from_places END AS moving_from_places
        FROM all_streaks(for_units, for_month, as_at := as_at)
    ),
    shown_figures AS (
        SELECT unit, code, cohort, status, num, denom, precise, places, rating, provenance, added_up,
               num_places, denom_places, month_ago_shown, month_ago_shown_places, month_ago_direction,
               year_ago_shown, year_ago_shown_places, year_ago_direction, r3m_shown, r3m_shown_places, r3m_provenance
        FROM scored
        UNION ALL
        SELECT f.unit, f.code, f.cohort, f.status, f.num, f.denom,
               CASE WHEN f.polarity IS NULL THEN f.num ELSE f.precise END,
               CASE WHEN f.polarity IS NULL THEN p.num_places ELSE f.places END,
               CASE WHEN f.polarity IS NOT NULL THEN f.rating END,
               f.provenance, f.added_up, p.num_places, p.denom_places, m.num, p.num_places, NULL,
               NULL, NULL, NULL, NULL, NULL, NULL
        FROM figures_as_at(as_at) AS f
        JOIN indicators_in(for_month) AS i ON i.code = f.code
        LEFT JOIN places_as_at(for_month, as_at := as_at) AS p ON p.code = f.code
        LEFT JOIN figures_as_at(as_at) AS m
            ON i.polarity IS NULL AND is_stock(i.data_period) AND m.unit = f.unit AND m.code = f.code
            AND m.cohort = f.cohort AND m.month = months_before(f.month, 1)
        WHERE list_contains(for_units, f.unit) AND (i.polarity IS NULL OR f.cohort <> 'all')
          AND f.month = month_start(for_month)
    )
    SELECT s.unit, s.code, s.cohort,
           {'status': status, 'num': num, 'denom': denom, 'precise': precise,
            'places': CASE WHEN precise IS NOT NULL THEN places END, 'rating': rating,
            'provenance': provenance, 'added_up': added_up,
            'num_places': CASE WHEN num IS NOT NULL THEN num_places END,
            'denom_places': CASE WHEN denom IS NOT NULL THEN denom_places END,
            'month_ago_month': months_before(month_start(for_month), 1),
            'year_ago_month': year_before(month_start(for_month)),
            'month_ago_shown': month_ago_shown,
            'month_ago_shown_places': CASE WHEN month_ago_shown IS NOT NULL THEN month_ago_shown_places END,
            'month_ago_direction': month_ago_direction,
            'year_ago_shown': year_ago_shown,
            'year_ago_shown_places': CASE WHEN year_ago_shown IS NOT NULL THEN year_ago_shown_places END,
            'year_ago_direction': year_ago_direction,
            'r3m_shown': r3m_shown,
            'r3m_shown_places': CASE WHEN r3m_shown IS NOT NULL THEN r3m_shown_places END, 'r3m_provenance': r3m_provenance,
            'variation': variation, 'range_places': range_places, 'mean': mean,
            'expected_from': expected_from, 'expected_to': expected_to,
            'moving': moving, 'moving_months': moving_months, 'moving_from': moving_from,
            'moving_from_shown': moving_from_shown, 'moving_from_places': moving_from_places, 'rated_since': rated_since,
            'trend': coalesce(t.months, [])} AS says
    FROM shown_figures AS s
    LEFT JOIN judged AS g ON s.cohort = 'all' AND g.judged_unit = s.unit AND g.judged_code = s.code
    LEFT JOIN lasting AS l ON s.cohort = 'all' AND l.lasting_unit = s.unit AND l.lasting_code = s.code
    LEFT JOIN trend AS t ON t.unit = s.unit AND t.code = s.code AND t.cohort = s.cohort;

-- pack_figures(for_month, as_at) : pack_figures_of all units that there are in the month.
CREATE MACRO pack_figures(for_month, as_at := NULL) AS TABLE
    FROM pack_figures_of((SELECT list(unit) FROM units_in(for_month)), for_month, as_at := as_at);

-- differences_of(for_units, for_month, earlier, as_at) : how what a pack of that month says of these units differs
-- from what it said after the load `earlier` (a load or a date), in order of display: `was` and `now` as `says`
-- above, NULL where the pack had no such figure.
CREATE MACRO differences_of(for_units, for_month, earlier, as_at := NULL) AS TABLE
    SELECT u.unit, u.name AS unit_name, i.code, i.name, i.format, i.polarity, cohort,
           k.words AS cohort_words, was.says AS was, now.says AS now
    FROM pack_figures_of(for_units, for_month, as_at := earlier) AS was
    FULL JOIN pack_figures_of(for_units, for_month, as_at := as_at) AS now USING (unit, code, cohort)
    JOIN units_in(for_month) AS u USING (unit)
    JOIN indicators AS i USING (code)
    JOIN cohorts AS k USING (cohort)
    WHERE was.says IS DISTINCT FROM now.says
    ORDER BY u.position, i.position, k.position;

-- differences(for_month, earlier, as_at) : differences_of all units that there are in the month.
CREATE MACRO differences(for_month, earlier, as_at := NULL) AS TABLE
    FROM differences_of((SELECT list(unit) FROM units_in(for_month)), for_month, earlier, as_at := as_at);

-- history('kent', '17', for_month := '2016-08') : every version of a result of every cohort, oldest first, and
-- where it was removed (num, result and status NULL), with the load that brought it and who loaded it when and
-- why; without a month, of every month. `recorded` is false for an edit by hand, `steps` counts a result's
-- versions.
CREATE MACRO history(for_unit, for_code, for_month := NULL) AS TABLE
    WITH versions AS (
        SELECT * FROM result_versions
        WHERE known_or_error(for_unit, for_code, 'all', NULL, NULL)
          AND unit = for_unit AND code = code_text(for_code) AND (CAST(for_month AS VARCHAR) IS NULL OR month = month_start(for_month))
    ),
    steps AS (
        SELECT cohort, month, first_load AS load, num, denom, result, result_places, status, provenance, added_up
        FROM versions
        UNION ALL
        SELECT cohort, month, last_load + 1, NULL, NULL, NULL, NULL, NULL, NULL, false FROM versions AS v
        WHERE last_load < end_of_loads() AND NOT EXISTS (
            FROM versions AS n
            WHERE n.cohort = v.cohort AND n.month = v.month AND n.first_load = v.last_load + 1
        )
    )
    SELECT u.name AS unit, i.code, i.name AS indicator, s.cohort, k.words AS cohort_words, strftime(s.month, '%Y-%m') AS month,
           s.load, l.recorded, l.loaded_at, l.time_zone, l.loaded_by, l.why, s.num, s.denom, s.result, s.result_places, s.status, s.provenance, s.added_up, i.format,
           shown(result_top(i.format, s.num), result_bottom(i.format, s.denom), i.format)
               AS shown,
           count(*) OVER (PARTITION BY s.cohort, s.month) AS steps
    FROM steps AS s JOIN loads AS l USING (load) JOIN indicators AS i ON i.code = code_text(for_code)
    JOIN units AS u ON u.unit = for_unit JOIN cohorts AS k ON k.cohort = s.cohort
    ORDER BY s.month, k.position, s.load;
