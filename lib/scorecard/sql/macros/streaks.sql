-- lasting_months() → months in a row from which a movement is worth a sentence: two are ordinary.
CREATE MACRO lasting_months() AS 3;

-- all_streaks(['kent'], '2016-08') : one row for each unit and rated indicator, in order of display: for how long
-- it has been getting better or worse, and since when it has its rating. It compares figures as a reader sees
-- them, with the usual decimals, over months in a row that have a result, none from before a change of
-- definition; a year to date is not compared with the month before it began.
--
--   direction      of the month from the one before: 'better' | 'worse' | 'same' (displayed alike); NULL where
--                  they can't be compared, or a T result is as far from the target on its other side
--   months         for how many months in a row it has been so: 1 where only this one
--   from_month, from_shown, from_places   the month before the first of them, its figure and the decimals of it
--   rating         of the month, by the target in force in it
--   rating_since   the first of the months in a row with that rating, each by the target in force in it;
--                  rating_months counts them
--   rating_before  the rating in the month before rating_since; NULL where nothing comparable is known of it:
--                  the rating may be older than rating_since
--   estimated      one of the months that direction and rating go back to, from_month included, rests on
--                  estimates
--   moving_from    from_month, where pages write of the movement: it lasts lasting_months(), and nothing of the
--                  streak is estimated
--   rated_since    rating_since, where they write of the rating: likewise, from its second month, and the
--                  month before had another rating, not by estimates
CREATE MACRO all_streaks(for_units, for_month, as_at := NULL) AS TABLE
    WITH available AS (
        SELECT f.*, i.position, i.data_period, t.target AS by_target,
               date_diff('month', f.month, month_start(for_month)) AS back,
               rests_on_estimates(f.provenance) AS rests_on_estimates
        FROM figures_as_at(as_at) AS f
        JOIN indicators_in(for_month) AS i ON i.code = f.code
        LEFT JOIN targets_in_force(month_start(for_month)) AS t ON t.code = f.code
        WHERE list_contains(for_units, f.unit) AND f.cohort = 'all' AND f.status = 'available' AND i.polarity IS NOT NULL
          AND f.month <= month_start(for_month)
          AND same_definition(i.comparable_from, f.month, month_start(for_month))
    ),
    unbroken AS (
        FROM available QUALIFY back = row_number() OVER (PARTITION BY unit, code ORDER BY month DESC) - 1
    ),
    compared AS (
        SELECT *,
               CASE WHEN NOT is_comparable(data_period, NULL, lag(month) OVER series, month) THEN NULL
                    WHEN begins_anew(data_period) AND format = 'count' THEN NULL -- it can only grow
                    WHEN shown = lag(shown) OVER series THEN 'same'
                    ELSE nullif(direction(polarity, by_target, shown, 1, lag(shown) OVER series, 1), 'same')
               END AS moved,
               lag(month) OVER series AS month_before, lag(shown) OVER series AS shown_before,
               lag(shown_places) OVER series AS places_before,
               lag(rating) OVER series AS earlier_rating,
               lag(rests_on_estimates) OVER series AS estimated_before
        FROM unbroken
        WINDOW series AS (PARTITION BY unit, code ORDER BY month)
    ),
    latest AS (
        SELECT *, first_value(moved) OVER newest AS direction, first_value(rating) OVER newest AS now_rated
        FROM compared
        WINDOW newest AS (PARTITION BY unit, code ORDER BY month DESC)
    ),
    lasting AS (
        SELECT *,
               bool_and(moved IS NOT DISTINCT FROM direction AND direction IS NOT NULL) OVER newest AS still_moving,
               bool_and(rating IS NOT DISTINCT FROM now_rated) OVER newest AS still_rated
        FROM latest
        WINDOW newest AS (PARTITION BY unit, code ORDER BY month DESC)
    ),
    summed AS (
        SELECT unit, code, any_value(direction) AS direction,
               count(*) FILTER (still_moving) AS months,
               arg_max(month_before, back) FILTER (still_moving) AS from_month,
               arg_max(shown_before, back) FILTER (still_moving) AS from_shown,
               arg_max(places_before, back) FILTER (still_moving) AS from_places,
               count(*) FILTER (still_rated) AS rating_months,
               min(month) FILTER (still_rated) AS rating_since,
               arg_max_null(earlier_rating, back) FILTER (still_rated) AS rating_before,
               arg_max_null(estimated_before, back) FILTER (still_rated) AS before_estimated,
               bool_or(rests_on_estimates AND (still_moving OR still_rated OR back = 0)
                       OR estimated_before AND still_moving) AS estimated
        FROM lasting GROUP BY unit, code
    )
    SELECT f.unit, u.name AS unit_name, f.code, i.position, i.section, i.name, i.polarity, i.data_period,
           i.format, f.month, f.status, f.shown, f.shown_places, s.direction,
           CASE WHEN s.direction IS NOT NULL THEN s.months END AS months, s.from_month, s.from_shown, s.from_places,
           f.rating, s.rating_months, s.rating_since, s.rating_before, s.estimated,
           CASE WHEN s.direction IS NOT NULL AND s.months >= lasting_months() AND NOT s.estimated
                THEN s.from_month END AS moving_from,
           CASE WHEN s.rating_months > 1 AND s.rating_before <> 'not-rated'
                     AND NOT s.estimated AND NOT s.before_estimated
                THEN s.rating_since END AS rated_since
    FROM figures_as_at(as_at) AS f
    JOIN units_in(for_month) AS u ON u.unit = f.unit
    JOIN indicators_in(for_month) AS i ON i.code = f.code
    LEFT JOIN summed AS s ON s.unit = f.unit AND s.code = f.code AND f.status = 'available'
    WHERE list_contains(for_units, f.unit) AND f.cohort = 'all' AND f.month = month_start(for_month)
      AND i.polarity IS NOT NULL
    ORDER BY u.position, i.position;

-- streaks('kent', '2016-08') : all_streaks of one unit.
CREATE MACRO streaks(for_unit, for_month, as_at := NULL) AS TABLE
    FROM all_streaks([for_unit], for_month, as_at := as_at)
    WHERE known_or_error(for_unit, NULL, 'all', for_month, as_at);
