-- margins('kent', '2016-08') : one row for each rated indicator of a unit, in order of display: how many
-- cases its result is from target and floor. The columns are those of scorecards (scorecard.sql).
CREATE MACRO margins(for_unit, for_month, as_at := NULL) AS TABLE
    SELECT unit, unit_name, code, position, section, name, polarity, format, month_start(for_month) AS month,
           status, num, denom, shown, rating, target, floor_standard, cases_to_target, cases_to_floor,
           cases_to_red
    FROM scorecard(for_unit, for_month, as_at := as_at);

-- all_months_behind(['kent'], ['25', '31'], '2016-08') : the months of the data period of each figure that is
-- added up here over twelve months or from the start of the year, oldest first, each with its own result;
-- NULL where a month is missing, or was counted by an earlier definition. No rows for other figures.
--
--   leaves         whether the month drops out of next month's data period
--   estimated      its provenance has a footnote
CREATE MACRO all_months_behind(for_units, for_codes, for_month, for_cohort := 'all', as_at := NULL) AS TABLE
    WITH wanted AS (
        SELECT u.unit, u.position AS unit_position, i.code, i.position, i.format, i.data_period,
               period_opens(i.data_period, i.supplied, month_start(for_month)) AS opens, i.amended
        FROM units_in(for_month) AS u CROSS JOIN indicators_in(for_month) AS i
        WHERE list_contains(for_units, u.unit) AND list_contains(for_codes, i.code)
          AND over_months(i.data_period, i.supplied)
    ),
    each_month AS (
        SELECT *, CAST(unnest(generate_series(opens, month_start(for_month), INTERVAL 1 MONTH)) AS DATE) AS month
        FROM wanted
    )
    SELECT m.unit, m.code, m.month, r.num, r.denom, own_value(m.format, r.num, r.denom) AS value,
           shown(result_top(m.format, r.num), result_bottom(m.format, r.denom), m.format) AS shown,
           r.provenance, coalesce(p.footnote IS NOT NULL, false) AS estimated,
           is_rolling(m.data_period) AND m.month = m.opens AS leaves
    FROM each_month AS m
    LEFT JOIN results_as_at(as_at) AS r
        ON r.unit = m.unit AND r.code = m.code AND r.cohort = for_cohort AND r.month = m.month
        AND list_contains(for_units, r.unit)
        AND r.month >= coalesce(m.amended, r.month)
    LEFT JOIN provenances AS p ON p.provenance = r.provenance
    ORDER BY m.unit_position, m.position, m.month;

-- months_behind('kent', '25', '2016-08') : all_months_behind of one figure.
CREATE MACRO months_behind(for_unit, for_code, for_month, for_cohort := 'all', as_at := NULL) AS TABLE
    FROM all_months_behind([for_unit], [code_text(for_code)], for_month, for_cohort := for_cohort, as_at := as_at)
    WHERE known_or_error(for_unit, for_code, for_cohort, for_month, as_at);

-- all_what_next(['kent'], ['25', '31'], '2016-08') : one row for each figure that is added up here over twelve
-- months: what next month's will be. No rows for other figures, or where a month is missing.
--
--   leaving_*      the month that next month's figure is without: month, num, denom, shown
--   coming_*       the reporting month's own, which the next one is taken to equal
--   next_*         the figure then: month, num, denom, result, shown, its rating by the target in force then,
--                  precise with as many decimals (places) as show it, and its direction from this month's
--   target, floor_standard   in force next month
--   target_num     with the reporting month's denominator, the fewest (H) or most (L) cases that next month
--                  needs for the figure to meet the target; target_shown as a result of that month
--   target_reachable   false where no result of that month would do; target_num is then NULL
--   floor_*        likewise, for it not to be Red
-- target_num, floor_num and what goes with them are NULL for T, and for figures with decimals, such as 404.3 posts.
CREATE MACRO all_what_next(for_units, for_codes, for_month, for_cohort := 'all', as_at := NULL) AS TABLE
    WITH behind AS (
        FROM all_months_behind(for_units, for_codes, for_month, for_cohort := for_cohort, as_at := as_at)
    ),
    moved AS (
        SELECT f.*, CAST(f.month + INTERVAL 1 MONTH AS DATE) AS next_month,
               leaving.month AS leaving_month, leaving.num AS leaving_num, leaving.denom AS leaving_denom,
               leaving.shown AS leaving_shown,
               coming.num AS coming_num, coming.denom AS coming_denom, coming.shown AS coming_shown,
               f.num - leaving.num AS rest_num, f.num - leaving.num + coming.num AS next_num,
               f.denom - leaving.denom + coming.denom AS next_denom
        FROM figures_as_at(as_at) AS f
        JOIN behind AS leaving ON leaving.unit = f.unit AND leaving.code = f.code AND leaving.leaves
        JOIN behind AS coming
            ON coming.unit = f.unit AND coming.code = f.code AND coming.month = month_start(for_month)
        WHERE list_contains(for_units, f.unit) AND list_contains(for_codes, f.code)
          AND f.cohort = for_cohort AND f.month = month_start(for_month) AND f.status IN ('available', 'not-applicable')
    ),
    needed AS (
        SELECT m.* EXCLUDE (target, floor_standard, green_within, amber_within),
               t.target, t.floor_standard, t.green_within, t.amber_within,
               result_top(m.format, next_num) AS next_top, result_bottom(m.format, next_denom) AS next_bottom,
               CASE WHEN p.num_places = 0 THEN
                   needed_num(m.polarity, m.format, short_by(m.format, rest_num, next_denom, t.target), false) END
                   AS for_target,
               CASE WHEN p.num_places = 0 THEN
                   needed_num(m.polarity, m.format, short_by(m.format, rest_num, next_denom, t.floor_standard), true) END
                   AS for_floor
        FROM moved AS m
        LEFT JOIN targets_in_force(CAST(month_start(for_month) + INTERVAL 1 MONTH AS DATE)) AS t
            ON t.code = m.code
        LEFT JOIN places_as_at(for_month, as_at := as_at) AS p ON p.code = m.code
    ),
    bounded AS (
        SELECT *, can_be(polarity, format, for_target, coming_denom) AS target_reachable,
               can_be(polarity, format, for_floor, coming_denom) AS floor_reachable,
               CASE WHEN target_reachable THEN
                   CAST(CASE WHEN is_part_of_whole(format) THEN least(for_target, coming_denom) ELSE for_target END
                        AS BIGINT) END AS target_num,
               CASE WHEN floor_reachable THEN
                   CAST(CASE WHEN is_part_of_whole(format) THEN least(for_floor, coming_denom) ELSE for_floor END
                        AS BIGINT) END AS floor_num
        FROM needed
    ),
    -- One CTE for each step: DuckDB plans an expression again wherever its name is used within the SELECT that
    -- defines it.
    rated AS (
        SELECT *, rating(polarity, next_top, next_bottom, target, floor_standard, green_within, amber_within)
                   AS next_rating
        FROM bounded
    ),
    placed AS (
        SELECT *, places_needed(polarity, format, next_top, next_bottom, next_rating, target, floor_standard,
                                green_within, amber_within) AS next_places
        FROM rated
    )
    SELECT unit, code, cohort, polarity, format, month, num, denom, shown, rating,
           leaving_month, leaving_num, leaving_denom, leaving_shown, coming_num, coming_denom, coming_shown,
           next_month, next_num, next_denom, rounded(next_top, next_bottom, 10) AS next_result,
           shown(next_top, next_bottom, format) AS next_shown,
           next_rating, next_places, rounded(next_top, next_bottom, next_places) AS next_precise,
           direction(polarity, target, next_top, next_bottom, top, bottom) AS next_direction,
           target, floor_standard,
           target_num, shown(result_top(format, target_num), result_bottom(format, coming_denom), format)
               AS target_shown, target_reachable,
           floor_num, shown(result_top(format, floor_num), result_bottom(format, coming_denom), format)
               AS floor_shown, floor_reachable
    FROM placed
    JOIN (SELECT unit, position AS unit_position FROM units_in(for_month)) USING (unit)
    JOIN (SELECT code, position AS code_position FROM indicators_in(for_month)) USING (code)
    ORDER BY unit_position, code_position;

-- what_next('kent', '25', '2016-08') : all_what_next of one figure.
CREATE MACRO what_next(for_unit, for_code, for_month, for_cohort := 'all', as_at := NULL) AS TABLE
    FROM all_what_next([for_unit], [code_text(for_code)], for_month, for_cohort := for_cohort, as_at := as_at)
    WHERE known_or_error(for_unit, for_code, for_cohort, for_month, as_at);
