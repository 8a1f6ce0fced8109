-- points_needed() → how many monthly values limits need: with fewer, one value decides too much.
CREATE MACRO points_needed() AS 13;

-- points_counted() → how many of the last monthly values limits rest on.
CREATE MACRO points_counted() AS 24;

-- points_in_a_run() → how many values in a row on one side of the mean, or in one direction, are a signal.
CREATE MACRO points_in_a_run() AS 7;

-- limit_hundredths() → the hundredths of a mean moving range from the mean to a limit: 2.66 = 3 / 1.128, where
-- 1.128 × σ is the mean range of two values of a normal process (Wheeler, Understanding Variation, 1993, and Making
-- Sense of Data, 2003).
CREATE MACRO limit_hundredths() AS 266;

-- ten_billionths(x) → a figure to ten decimals as a whole number of ten-billionths.
CREATE MACRO ten_billionths(x) AS
    CAST(CAST(x AS DECIMAL(28, 10)) * 10000000000 AS HUGEINT);

-- own_value(format, num, denom) → a month's own result to ten decimals, DECIMAL(38,10), in the units of
-- the result (percent); NULL when denom is 0.
CREATE MACRO own_value(format, num, denom) AS
    rounded(result_top(format, num), result_bottom(format, denom), 10);

-- has_value(format, denom, result) → whether a month that was supplied has an own result: NULL or false when its
-- denom is 0, unless it was supplied finished, as `result`.
CREATE MACRO has_value(format, denom, result) AS result IS NOT NULL OR format = 'count' OR denom <> 0;

-- process_of(points, total, movement) → {mean, moving_range, lower, upper}, each DECIMAL(38,10), of so many values,
-- their sum and that of the steps between neighbours, each without its sign: both in ten-billionths. NULL with
-- fewer than points_needed() of them.
--
--   moving_range   the mean of the steps: all are counted
--   lower, upper   mean ∓ 2.66 × moving_range, which may be below 0 or above 100%
CREATE MACRO process_of(points, total, movement) AS
    CASE WHEN points >= points_needed() THEN {
        'mean': round_fraction(total, points * CAST(10000000000 AS HUGEINT), 10),
        'moving_range': round_fraction(movement, (points - 1) * CAST(10000000000 AS HUGEINT), 10),
        'lower': process_limit(points, total, movement, -limit_hundredths()),
        'upper': process_limit(points, total, movement, limit_hundredths())
    } END;

-- process_limit(points, total, movement, hundredths) → mean + hundredths / 100 × mean moving range. DECIMAL(38,10).
CREATE MACRO process_limit(points, total, movement, hundredths) AS
    round_fraction(
        100 * (points - 1) * total + hundredths * points * movement,
        100 * (points - 1) * points * CAST(10000000000 AS HUGEINT),
        10);

-- largest_step(moving_range) → the step between neighbours that such a process hardly ever exceeds:
-- the upper limit of the ranges, 3.268 × their mean (Wheeler, 1993).
CREATE MACRO largest_step(moving_range) AS 3.268 * moving_range;

-- monthly_values(for_units, for_month, as_at) : for each unit, each indicator and activity measure supplied
-- monthly, and each cohort, its last points_counted() monthly values up to `for_month`, as far back as there
-- is no gap, with the limits that they give; nothing where `for_month` itself has no value.
-- Each month's own result, never a rolling one: two neighbouring results of twelve months share eleven.
-- Months before a change of definition are left out.
--
--   value          the month's own result, to ten decimals; every comparison below is of such values. That of a
--                  snapshot may be a finished result, without num and denom
--   estimated      its provenance has a footnote
--   counted        limits rest on it: it is not from before the last declared step (data/reference/steps.csv)
--   points, since  how many values are counted, and the month of the first of them
--   estimated_points   how many of them are estimated
--   process        {mean, moving_range, lower, upper}, see process_of; NULL with fewer counted values than
--                  points_needed(), and where not counted
CREATE MACRO monthly_values(for_units, for_month, as_at := NULL) AS TABLE
    WITH own AS (
        SELECT r.*, i.format, coalesce(p.footnote IS NOT NULL, false) AS estimated,
               coalesce(own_value(i.format, r.num, r.denom), CAST(r.result AS DECIMAL(38, 10))) AS value,
               coalesce(r.month >= s.month, true) AS counted
        FROM given_as_at(as_at) AS r
        JOIN indicators_in(for_month) AS i ON i.code = r.code
        LEFT JOIN provenances AS p ON p.provenance = r.provenance
        LEFT JOIN (
            SELECT code, max(month) AS month FROM steps WHERE month <= month_start(for_month) GROUP BY code
        ) AS s ON s.code = r.code
        WHERE list_contains(for_units, r.unit) AND i.supplied = 'monthly'
          AND r.month > months_before(month_start(for_month), points_counted())
          AND r.month <= month_start(for_month)
          AND same_definition(i.comparable_from, r.month, month_start(for_month))
          AND has_value(i.format, r.denom, r.result)
    ),
    -- `step` leads to the month after.
    unbroken AS (
        SELECT *, abs(value - lag(value) OVER back) AS step
        FROM own
        WINDOW back AS (PARTITION BY unit, code, cohort ORDER BY month DESC)
        QUALIFY month = months_before(month_start(for_month), row_number() OVER back - 1)
    ),
    summed AS (
        SELECT unit, code, cohort, count(*) AS points, min(month) AS since,
               count(*) FILTER (estimated) AS estimated_points, sum(value) AS total, sum(step) AS movement
        FROM unbroken WHERE counted GROUP BY unit, code, cohort
    ),
    processes AS (
        SELECT *, process_of(points, ten_billionths(total), ten_billionths(movement)) AS process FROM summed
    )
    SELECT u.* EXCLUDE (step), p.points, p.since, p.estimated_points, CASE WHEN counted THEN p.process END AS process
    FROM unbroken AS u JOIN processes AS p USING (unit, code, cohort);

-- process_charts(for_units, for_month, as_at) : monthly_values, with what each value signals by the limits, oldest
-- first.
--
--   step           the reason of a step that begins in this month
--   signal         of a counted value, the first of these that applies:
--     beyond-limit   above upper or below lower
--     one-side       the 7th or later in a row on one side of the mean
--     trend          the 7th or later in a row each higher (or each lower) than the one before: seven
--                    values, six steps
--     near-limit     it and another of the last three are beyond two thirds of the way from the mean to
--                    the same limit
--     ordinary       none of them
--   side           1 where the signal is high or rising, -1 where it is low or falling
--   moved_from     what `variation` compares the value with
-- (NHS England, Making Data Count. The rules can be read otherwise in two places. That a trend is of seven
-- values, so of six steps, and not of seven steps, and that the value itself is one of the two near a limit,
-- is as in its own tool, NHSRplotthedots 0.2.)
CREATE MACRO process_charts(for_units, for_month, as_at := NULL) AS TABLE
    WITH placed AS (
        SELECT *,
               CASE WHEN counted THEN sign(value - process.mean) END AS place,
               CASE WHEN value > process.upper THEN 1 WHEN value < process.lower THEN -1 ELSE 0 END AS beyond,
               CASE WHEN 3 * (value - process.mean) > 2 * (process.upper - process.mean) THEN 1
                    WHEN 3 * (process.mean - value) > 2 * (process.mean - process.lower) THEN -1
                    ELSE 0 END AS near,
               sign(value - lag(value) OVER series) AS rise,
               first_value(value) OVER run_before AS run_from,
               row_number() OVER series AS number
        FROM monthly_values(for_units, for_month, as_at := as_at)
        WINDOW series AS (PARTITION BY unit, code, cohort, counted ORDER BY month),
               -- Does what lag(value, …) does, which an older DuckDB than the one that stored the macro can't read.
               run_before AS (PARTITION BY unit, code, cohort, counted ORDER BY month
                              ROWS BETWEEN points_in_a_run() - 1 PRECEDING AND points_in_a_run() - 1 PRECEDING)
    ),
    turned AS (
        SELECT *, CASE WHEN place IS DISTINCT FROM lag(place) OVER series THEN number END AS new_place,
               CASE WHEN rise IS DISTINCT FROM lag(rise) OVER series THEN number END AS new_rise
        FROM placed
        WINDOW series AS (PARTITION BY unit, code, cohort, counted ORDER BY month)
    ),
    running AS (
        SELECT *, number - max(new_place) OVER series + 1 AS on_side,
               number - max(new_rise) OVER series + 2 AS in_trend,
               sum(CAST(near = 1 AS INTEGER)) OVER last_three AS near_upper,
               sum(CAST(near = -1 AS INTEGER)) OVER last_three AS near_lower
        FROM turned
        WINDOW series AS (PARTITION BY unit, code, cohort, counted ORDER BY month),
               last_three AS (PARTITION BY unit, code, cohort, counted ORDER BY month ROWS 2 PRECEDING)
    ),
    judged AS (
        SELECT *,
               CASE WHEN process IS NULL THEN NULL
                    WHEN beyond <> 0 THEN 'beyond-limit'
                    WHEN place <> 0 AND on_side >= points_in_a_run() THEN 'one-side'
                    WHEN rise <> 0 AND in_trend >= points_in_a_run() THEN 'trend'
                    WHEN near = 1 AND near_upper >= 2 OR near = -1 AND near_lower >= 2 THEN 'near-limit'
                    ELSE 'ordinary' END AS signal
        FROM running
    )
    SELECT j.unit, j.code, j.cohort, j.month, j.num, j.denom, j.format, j.value, j.result_places,
           coalesce(shown(result_top(j.format, j.num), result_bottom(j.format, j.denom), j.format),
                    CAST(j.result AS DECIMAL(22, 4))) AS shown,
           j.provenance, j.estimated, j.counted, s.reason AS step, j.points, j.since, j.estimated_points,
           j.process.mean AS mean, j.process.moving_range AS moving_range,
           j.process.lower AS lower, j.process.upper AS upper, j.signal,
           CAST(CASE signal WHEN 'trend' THEN rise WHEN 'ordinary' THEN NULL ELSE place END AS INTEGER) AS side,
           CASE signal WHEN 'trend' THEN j.run_from ELSE j.process.mean END AS moved_from
    FROM judged AS j
    LEFT JOIN steps AS s ON s.code = j.code AND s.month = j.month
    ORDER BY j.unit, j.code, j.cohort, j.month;

-- has_monthly_target(format, data_period) → whether a month's own result can be compared with the target: not of
-- a count over several months, whose target is for all of them together.
CREATE MACRO has_monthly_target(format, data_period) AS
    format <> 'count' OR NOT over_months(data_period, 'monthly');

-- monthly_targets('2016-08') : the targets in force in a month that a month's own result can be compared with.
CREATE MACRO monthly_targets(for_month) AS TABLE
    SELECT t.* FROM targets_in_force(month_start(for_month)) AS t JOIN indicators_in(for_month) AS i ON i.code = t.code
    WHERE has_monthly_target(i.format, i.data_period);

-- displayed(value, places) → a value to `places` decimals, halves away from zero. DECIMAL(38,10).
CREATE MACRO displayed(value, places) AS
    round_fraction(ten_billionths(value), CAST(10000000000 AS HUGEINT), places);

-- shows_side(places, value, other) → whether two values so displayed compare as they do.
CREATE MACRO shows_side(places, value, other) AS
    sign(displayed(value, places) - displayed(other, places)) = sign(value - other);

-- range_places(format, value, lower, upper) → the fewest decimals, from the usual ones to ten, at which a value
-- is displayed on the same side of both limits as it is: 26.64 above 26.62, not 26.6 above 26.6.
CREATE MACRO range_places(format, value, lower, upper) AS
    coalesce(
        list_filter(
            range(display_places(format), 10),
            lambda p: shows_side(p, value, lower) AND shows_side(p, value, upper))[1],
        10);

-- all_process_limits(for_units, for_codes, for_month, for_cohort, as_at) : the process behaviour charts of
-- several indicators and activity measures: a row a month as in process_charts, and
--   expected_from expected_to   the limits, as far as such a result can go: not below 0 or above 100%
--   target         that a month is compared with, in force in the reporting month (monthly_targets)
--   target_then    likewise, in force in the row's own month
--   variation      what the signal means, by that target: see variation(…); 'ordinary' without one
--   range_places   the decimals with which value and limits are displayed beside each other: at least those that
--                  a finished result was given with
CREATE MACRO all_process_limits(for_units, for_codes, for_month, for_cohort := 'all', as_at := NULL) AS TABLE
    SELECT c.* EXCLUDE (moved_from), least_possible(c.lower) AS expected_from,
           most_possible(c.upper, c.format) AS expected_to, t.target,
           CASE WHEN has_monthly_target(i.format, i.data_period) THEN h.target END AS target_then,
           CASE WHEN c.signal = 'ordinary' THEN c.signal
                WHEN c.signal IS NOT NULL
                THEN variation(i.polarity, c.side, t.target, c.value, c.moved_from) END AS variation,
           CASE WHEN c.mean IS NOT NULL
                THEN greatest(range_places(c.format, c.value, c.lower, c.upper), c.result_places) END AS range_places
    FROM process_charts(for_units, for_month, as_at := as_at) AS c
    JOIN indicators_in(for_month) AS i ON i.code = c.code
    LEFT JOIN monthly_targets(for_month) AS t ON t.code = c.code
    ASOF LEFT JOIN targets AS h ON h.code = c.code AND c.month >= h.valid_from
    WHERE list_contains(for_codes, c.code) AND c.cohort = for_cohort
    ORDER BY c.unit, i.position, c.month;

-- process_limits('kent', '17', '2016-08') : all_process_limits of one indicator or activity measure of a unit.
CREATE MACRO process_limits(for_unit, for_code, for_month, for_cohort := 'all', as_at := NULL) AS TABLE
    FROM all_process_limits([for_unit], [code_text(for_code)], for_month, for_cohort := for_cohort, as_at := as_at)
    WHERE known_or_error(for_unit, for_code, for_cohort, for_month, as_at);

-- signals_of(for_units, for_month, as_at) : one row for each unit, and each of its indicators and activity measures,
-- in order of display: what its process behaviour chart says of the month.
--
--   status         'available' | 'finished-window' (supplied as a finished rolling figure, which has no
--                  monthly values) | 'not-available' (the month has no result of its own) | 'too-few'
--                  (fewer values without a gap than points_needed())
--   points since estimated_points value mean moving_range lower upper signal side
--                  as in process_charts
--   result_places  the decimals that a finished result was given with; NULL of others
--   expected_from expected_to   as in all_process_limits
--   variation      'improvement' | 'concern' | 'high' | 'low' | 'ordinary'; see variation(…)
--   target, assurance   whether the limits say that a month meets the target in force; see assurance(…)
--   estimated      the limits or the value rest on estimates: no summary names such a signal
--   provenance     of the counted values; NULL where none has one
--   rests_on       the counted values, oldest first: a list of {month, num, denom, value, places, provenance}:
--                  `places` are the decimals that a finished result was given with, NULL of others
--   step_month step   the last declared step that limits begin with, and its reason
CREATE MACRO signals_of(for_units, for_month, as_at := NULL) AS TABLE
    WITH charts AS (
        FROM process_charts(for_units, for_month, as_at := as_at) WHERE cohort = 'all'
    ),
    charted AS (FROM charts WHERE month = month_start(for_month)),
    behind AS (
        SELECT unit, code, list_sort(list(DISTINCT provenance) FILTER (provenance IS NOT NULL)) AS provenance,
               list({'month': month, 'num': num, 'denom': denom, 'value': value, 'places': result_places,
                     'provenance': provenance}
                    ORDER BY month) AS rests_on
        FROM charts WHERE counted GROUP BY unit, code
    ),
    declared AS (
        SELECT code, max(month) AS month, arg_max(reason, month) AS reason
        FROM steps WHERE month <= month_start(for_month) GROUP BY code
    )
    SELECT u.unit, u.name AS unit_name, i.code, i.position, i.section, i.name, i.polarity, i.data_period,
           i.format, month_start(for_month) AS month,
           CASE WHEN i.supplied = 'window' THEN 'finished-window'
                WHEN c.code IS NULL THEN 'not-available'
                WHEN c.mean IS NULL THEN 'too-few'
                ELSE 'available' END AS status,
           c.points, c.since, c.estimated_points, c.num, c.denom, c.value, c.result_places, c.shown, c.mean, c.moving_range,
           c.lower, c.upper, least_possible(c.lower) AS expected_from,
           most_possible(c.upper, i.format) AS expected_to,
           CASE WHEN c.mean IS NOT NULL
                THEN greatest(range_places(i.format, c.value, c.lower, c.upper), c.result_places) END AS range_places, c.signal, c.side,
           CASE WHEN c.signal = 'ordinary' THEN c.signal
                WHEN c.signal IS NOT NULL
                THEN variation(i.polarity, c.side, t.target, c.value, c.moved_from) END AS variation,
           t.target,
           assurance(i.polarity, c.lower, c.upper, t.target) AS assurance,
           c.estimated_points > 0 AS estimated,
           CASE WHEN c.code IS NOT NULL THEN b.provenance END AS provenance,
           CASE WHEN c.code IS NOT NULL THEN b.rests_on END AS rests_on,
           d.month AS step_month, d.reason AS step
    FROM units_in(for_month) AS u
    CROSS JOIN indicators_in(for_month) AS i
    LEFT JOIN charted AS c ON c.unit = u.unit AND c.code = i.code
    LEFT JOIN behind AS b ON b.unit = u.unit AND b.code = i.code
    LEFT JOIN declared AS d ON d.code = i.code
    LEFT JOIN monthly_targets(for_month) AS t ON t.code = i.code
    WHERE list_contains(for_units, u.unit)
    ORDER BY u.position, i.position;

-- signals('kent', '2016-08') : one row for each indicator and activity measure of a unit, as in signals_of.
CREATE MACRO signals(for_unit, for_month, as_at := NULL) AS TABLE
    FROM signals_of([for_unit], for_month, as_at := as_at)
    WHERE known_or_error(for_unit, NULL, 'all', for_month, as_at);
