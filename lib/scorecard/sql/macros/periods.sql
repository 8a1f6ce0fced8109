-- figures_wanted(for_units) : the figures that units have. One row for each indicator, cohort and month in which
-- the unit existed; a cohort other than `all` only where it has results. Rolling 12 months supplied monthly: a second
-- row for the last three months.
--
--   series         a number for unit, indicator, cohort and `short_term`
--   short_term     whether it is that of the last three months
--   load           the first load after which there is such a figure
--   month          the last month of its data period, and opens the first, also where that is before `amended`
--   amended        the first month that was counted by the definition of `month`, where the months before it were not
--                  recounted: their results are left out; NULL where all were
--   usual          one of the provenances of its results. For speed, period_results lists only the others row by row
CREATE MACRO figures_wanted(for_units) AS TABLE
    WITH supplied AS (
        SELECT unit, code, cohort, min(first_load) AS load, min(provenance) AS usual
        FROM result_versions WHERE list_contains(for_units, unit) GROUP BY ALL
    ),
    series AS MATERIALIZED (
        SELECT row_number() OVER () AS series, unit, code, cohort, k.short_term, s.load, s.usual,
               i.format, i.data_period, i.supplied
        FROM (
            SELECT u.unit, i.code, 'all' AS cohort
            FROM (SELECT DISTINCT unnest(for_units) AS unit) AS u CROSS JOIN indicators AS i
            UNION ALL
            SELECT unit, code, cohort FROM supplied WHERE cohort <> 'all'
        )
        JOIN indicators AS i USING (code)
        JOIN (VALUES (false), (true)) AS k(short_term)
            ON NOT k.short_term OR has_short_term(i.data_period, i.supplied)
        LEFT JOIN supplied AS s USING (unit, code, cohort)
    )
    SELECT s.series, s.unit, s.code, s.cohort, s.short_term, s.format, s.usual, m.month,
           greatest(m.load, CASE WHEN s.cohort <> 'all' THEN s.load END) AS load,
           period_opens(CASE WHEN s.short_term THEN 'R3M' ELSE s.data_period END, s.supplied, m.month) AS opens,
           d.amended
    FROM series AS s
    CROSS JOIN months_reported AS m
    JOIN unit_spells AS p ON p.unit = s.unit AND m.month BETWEEN p.first_month AND p.last_month
    LEFT JOIN indicator_spells AS d ON d.code = s.code AND m.month BETWEEN d.first_month AND d.last_month;

-- period_results(wanted) : of each row of the table or CTE that `wanted` names (text), such as figures_wanted
-- gives, the result of its data period; and one more row for each of the loads that changed it.
--
--   short_term     whether it is that of the last three months
--   first_load, last_load   the first and the last load after which it was valid, as in `result_versions`
--   num, denom     sums over the data period, with room for twelve of the largest figure; NULL
--                  unless status is 'available' or 'not-applicable': a period with a month missing
--                  has no result, and neither has a finished result
--   finished, given_places   whether the result was supplied without numerator and denominator, and with how
--                  many decimals. Nothing is added up to one, and nothing of it is added up
--   top, bottom    the result as an exact fraction (see rounding.sql)
--   status         'available' | 'not-available' (a month is missing, or was counted by an
--                  earlier definition, which an amendment ended) | 'not-applicable' (denom 0) |
--                  'withheld' (a month of it is, at its source), and of a period of one month what its row says:
--                  'low' | 'stated-not-available' | 'stated-not-applicable'
--   provenance     the distinct provenances of its rows as a sorted list, or the one the data
--                  period has of its own, which speaks of the figure as it was first loaded
--   added_up       one of its rows is the sum of the units below (sums.sql)
--
-- A store may have a million results, each in up to twelve data periods. So, for speed, they are joined by a number for
-- unit, indicator and cohort and by each month of a data period, never by a span of months.
CREATE MACRO period_results(wanted) AS TABLE
    WITH series AS MATERIALIZED (
        SELECT DISTINCT series, unit, code, cohort, short_term, format, usual FROM query_table(wanted)
    ),
    spans AS MATERIALIZED (
        SELECT opens, month, CAST(unnest(generate_series(opens, month, INTERVAL 1 MONTH)) AS DATE) AS month_in
        FROM (SELECT DISTINCT opens, month FROM query_table(wanted))
    ),
    placed AS MATERIALIZED (
        SELECT s.series, s.usual, r.month, r.first_load, r.last_load, r.num, r.denom, r.result, r.result_places, r.status,
               r.provenance, r.added_up, r.provenances
        FROM result_versions AS r
        JOIN series AS s ON s.unit = r.unit AND s.code = r.code AND s.cohort = r.cohort
        WHERE r.unit IN (SELECT unit FROM series) AND r.month IN (SELECT month_in FROM spans)
    ),
    -- The loads that brought or ended a result in the data period: the figure may differ from then on.
    later AS (
        SELECT series, month, first_load AS load FROM placed WHERE first_load > (SELECT min(load) FROM query_table(wanted))
        UNION
        SELECT series, month, last_load + 1 FROM placed WHERE last_load < end_of_loads()
    ),
    moments AS (
        SELECT series, month, opens, amended, load FROM query_table(wanted)
        UNION ALL
        SELECT DISTINCT w.series, w.month, w.opens, w.amended, e.load
        FROM later AS e
        JOIN spans AS p ON p.month_in = e.month
        JOIN query_table(wanted) AS w ON w.series = e.series AND w.month = p.month AND w.opens = p.opens
        WHERE e.load > w.load
    ),
    summed AS (
        SELECT w.series, w.month, w.load, date_diff('month', w.opens, w.month) + 1 AS months_needed,
               -- A month in which nothing could be counted adds nothing.
               count(coalesce(r.num, r.result)) + count(*) FILTER (r.status = 'not_applicable') AS months_found,
               coalesce(bool_or(r.status = 'withheld'), false) AS withheld,
               any_value(r.status) AS status,
               sum(r.num) AS num, sum(r.denom) AS denom,
               -- A finished result is only in a data period of one month (rules/results_finished.sql).
               any_value(r.result) AS given, any_value(r.result_places) AS given_places,
               coalesce(bool_or(r.added_up), false) AS added_up,
               -- Nearly all rows have the usual provenance. It is added once, and not row by row.
               list_sort(list_distinct(list_concat(
                   list_concat(CASE WHEN bool_or(r.provenance = r.usual) THEN [max(r.usual)] END,
                               list(r.provenance) FILTER (r.provenance <> r.usual)),
                   flatten(list(r.provenances) FILTER (r.added_up))))) AS provenance
        FROM moments AS w
        JOIN spans AS p ON p.opens = w.opens AND p.month = w.month
        LEFT JOIN placed AS r
            ON r.series = w.series AND r.month = p.month_in AND r.month >= coalesce(w.amended, w.opens)
            AND w.load BETWEEN r.first_load AND r.last_load
        GROUP BY w.series, w.month, w.load, w.opens
    ),
    weighed AS (
        SELECT *, months_found = months_needed AS complete,
               first_value(CASE WHEN months_found = months_needed THEN (num, denom, given) END IGNORE NULLS)
                   OVER versions AS first_loaded,
               lead(load) OVER versions AS next_load
        FROM summed
        WINDOW versions AS (PARTITION BY series, month ORDER BY load)
    )
    SELECT s.short_term, s.unit, s.code, s.cohort, w.month,
           w.load AS first_load, coalesce(w.next_load - 1, end_of_loads()) AS last_load,
           CAST(CASE WHEN complete THEN num END AS DECIMAL(24, 4)) AS num,
           CAST(CASE WHEN complete THEN denom END AS DECIMAL(24, 4)) AS denom,
           CASE WHEN given IS NOT NULL THEN CAST(given AS DECIMAL(24, 4))
                WHEN complete AND (format = 'count' OR denom <> 0) THEN result_top(format, num) END AS top,
           CASE WHEN given IS NOT NULL THEN CAST(1 AS DECIMAL(24, 4))
                WHEN complete AND (format = 'count' OR denom <> 0) THEN result_bottom(format, denom) END AS bottom,
           given IS NOT NULL AS finished, given_places,
           CASE WHEN w.withheld THEN 'withheld'
                WHEN months_needed = 1 AND w.status IS NOT NULL
                THEN CASE w.status WHEN 'low' THEN 'low' ELSE 'stated-' || replace(w.status, '_', '-') END
                WHEN NOT complete THEN 'not-available'
                WHEN given IS NOT NULL THEN 'available'
                WHEN num IS NULL THEN 'not-applicable'
                WHEN format <> 'count' AND denom = 0 THEN 'not-applicable'
                ELSE 'available' END AS status,
           CASE WHEN p.provenance IS NOT NULL THEN [p.provenance]
                ELSE w.provenance END AS provenance,
           w.complete AND w.added_up AS added_up
    FROM weighed AS w
    JOIN series AS s USING (series)
    LEFT JOIN period_provenances AS p
        ON p.unit = s.unit AND p.code = s.code AND p.cohort = s.cohort AND p.month = w.month
        AND (p.data_period IS NOT DISTINCT FROM CASE WHEN s.short_term THEN 'R3M' END)
        AND (w.num, w.denom, w.given) IS NOT DISTINCT FROM w.first_loaded;

-- rated_results(wanted) : period_results with the target in force in each
-- month, the rating, and the figure a reader sees. Groups of a dimension have no target.
--
--   result         DECIMAL to ten places, for charts and for sorting; never for rating
--   shown          DECIMAL, rounded for display (percentages without the sign) to shown_places; a finished result
--                  as it was given
--   places         the decimals at which the figure earns its rating; above the usual number when
--                  the result is within rounding of a threshold (near_threshold)
--   precise        the figure with that many decimals
CREATE MACRO rated_results(wanted) AS TABLE
    WITH in_force AS (
        SELECT m.code, m.month, t.* EXCLUDE (code)
        FROM (SELECT i.code, v.month FROM indicators AS i CROSS JOIN months_reported AS v) AS m
        ASOF LEFT JOIN targets AS t ON t.code = m.code AND m.month >= t.valid_from
    ),
    held AS (
        SELECT p.*, i.polarity, i.format,
               t.target, t.floor_standard, t.green_within, t.amber_within, t.note AS target_note
        FROM period_results(wanted) AS p
        JOIN indicators AS i ON i.code = p.code
        JOIN cohorts AS c ON c.cohort = p.cohort
        LEFT JOIN in_force AS t ON t.code = p.code AND t.month = p.month AND c.dimension IS NULL
    ),
    written AS (
        SELECT *,
               rounded(top, bottom, 10) AS result,
               CASE WHEN finished THEN CAST(top AS DECIMAL(22, 4)) ELSE shown(top, bottom, format) END AS shown,
               CASE WHEN finished THEN given_places ELSE display_places(format) END AS shown_places,
               rating(polarity, top, bottom, target, floor_standard, green_within, amber_within)
                   AS rating
        FROM held
    ),
    placed AS (
        SELECT *, CASE WHEN finished THEN given_places
                       WHEN rating IS NULL OR rating(polarity, shown, 1, target, floor_standard, green_within,
                                                     amber_within) = rating THEN shown_places
                       ELSE places_needed(polarity, format, top, bottom, rating, target, floor_standard,
                                          green_within, amber_within) END AS places
        FROM written
    )
    SELECT *, places > shown_places AS near_threshold,
           CASE WHEN places = shown_places THEN CAST(shown AS DECIMAL(38, 10))
                ELSE rounded(top, bottom, places) END AS precise
    FROM placed;

-- figure_of(f, places_there, direction_there, in_period) : one figure as one value, a STRUCT. Every macro whose
-- name ends in as_figures gives figures so, one for each thing that a page puts side by side. `f` is a row of
-- figures_as_at or short_term_figures_as_at, `places_there` a row of places_as_at, and `direction_there` the
-- direction of travel since, if the figure is compared with another.
--
--   unit code cohort month   which figure it is; `period`, from in_period, is 'R3M' for the last three months, else ''
--   format         as in the catalogue
--   status         as in period_results, or 'not-comparable'
--   num denom      sums over the data period; num_places denom_places their usual decimals
--   finished       whether it was supplied without numerator and denominator, which are NULL then
--   result shown shown_places precise places near_threshold rating   see rated_results; NULL unless `status` is
--                  'available'. An activity measure has no rating, and `precise` is as supplied
--   target floor_standard green_within amber_within   what it is rated against
--   provenance     the distinct provenances of its rows
--   added_up       whether it, or a month of it, is the sum of the units below
--   revised        whether it differs from the one first published
-- A figure that is not comparable has no counts and no result.
CREATE MACRO figure_of(f, places_there, direction_there := NULL, in_period := '') AS
    struct_pack(
        unit := coalesce(f.unit, ''), code := coalesce(f.code, ''), cohort := coalesce(f.cohort, ''),
        month := f.month, period := in_period,
        format := coalesce(f.format, ''), status := coalesce(f.status, 'not-available'),
        num := CASE WHEN f.status <> 'not-comparable' THEN f.num END,
        denom := CASE WHEN f.status <> 'not-comparable' THEN f.denom END,
        finished := coalesce(f.status <> 'not-comparable' AND f.finished, false),
        num_places := places_there.num_places, denom_places := places_there.denom_places,
        result := CASE WHEN f.status = 'available' THEN f.result END,
        shown := CASE WHEN f.status = 'available' THEN f.shown END, shown_places := f.shown_places,
        precise := CASE WHEN f.status <> 'available' THEN NULL
                        WHEN f.polarity IS NULL THEN f.num ELSE f.precise END,
        places := CASE WHEN f.polarity IS NULL THEN places_there.num_places ELSE f.places END,
        near_threshold := coalesce(f.status = 'available' AND f.near_threshold, false),
        rating := CASE WHEN f.status = 'available' AND f.polarity IS NOT NULL THEN f.rating END,
        direction := CAST(CASE WHEN f.status = 'available' THEN direction_there END AS VARCHAR),
        target := f.target, floor_standard := f.floor_standard,
        green_within := f.green_within, amber_within := f.amber_within,
        provenance := f.provenance,
        added_up := coalesce(f.status <> 'not-comparable' AND f.added_up, false),
        revised := coalesce(f.status <> 'not-comparable' AND f.revised, false)
    );
