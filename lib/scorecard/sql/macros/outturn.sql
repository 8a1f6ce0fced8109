-- closes_year(DATE 2016-03-01) → whether a month is the last one of a financial year.
CREATE MACRO closes_year(month_date) AS year_opens(month_date) = months_before(month_date, 11);

-- outturn_as_figures('kent', '2016-03') : for the last month of a financial year, one row for each rated indicator
-- of a unit, in order of display: the year's out-turn beside that of the year before. An error in any other month.
--
--   latest         the out-turn: the year to date of what is added up over the year, the final result of the rest
--   previous       that of the year before, rated against the target then in force; its `direction` is the direction
--                  of travel since. A status of 'not-comparable' as in scorecards_as_figures
--   rating_by_earlier_target   the rating that this year's would have by what was in force a year before
--   month_alone    the last month by itself, not rated, of an indicator that is added up over several months;
--                  NULL of the others
-- The other columns are those of scorecards_as_figures.
CREATE MACRO outturn_as_figures(for_unit, for_month, as_at := NULL) AS TABLE
    WITH own AS (
        SELECT r.unit, r.code, r.cohort, r.month, i.format, i.polarity, r.num, r.denom,
               CASE WHEN r.status = 'not_applicable' THEN 'stated-not-applicable'
                    WHEN r.status = 'not_available' THEN 'stated-not-available'
                    WHEN r.status IS NOT NULL THEN r.status
                    WHEN i.format <> 'count' AND r.denom = 0 THEN 'not-applicable'
                    ELSE 'available' END AS status,
               false AS finished, own_value(i.format, r.num, r.denom) AS result,
               shown(result_top(i.format, r.num), result_bottom(i.format, r.denom), i.format) AS shown,
               display_places(i.format) AS shown_places, shown AS precise, shown_places AS places,
               false AS near_threshold, CAST(NULL AS VARCHAR) AS rating,
               CAST(NULL AS DECIMAL(18, 4)) AS target, CAST(NULL AS DECIMAL(18, 4)) AS floor_standard,
               CAST(NULL AS DECIMAL(18, 4)) AS green_within, CAST(NULL AS DECIMAL(18, 4)) AS amber_within,
               CASE WHEN r.added_up THEN r.provenances
                    WHEN r.provenance IS NOT NULL THEN [r.provenance] ELSE [] END AS provenance,
               r.added_up, false AS revised
        FROM result_versions AS r JOIN indicators_in(for_month) AS i ON i.code = r.code
        WHERE load_as_at(as_at) BETWEEN r.first_load AND r.last_load AND r.cohort = 'all'
          AND list_contains([for_unit], r.unit) AND r.month = month_start(for_month)
    )
    SELECT s.* EXCLUDE (month_ago, year_ago, r3m),
           CASE WHEN over_months(i.data_period, i.supplied)
                THEN figure_of(o, p, in_period := 'M') END AS month_alone
    FROM scorecards_as_figures([for_unit], for_month,
                               since := strftime(year_before(month_start(for_month)), '%Y-%m'), as_at := as_at) AS s
    JOIN indicators AS i ON i.code = s.code
    LEFT JOIN places_as_at(for_month, as_at := as_at) AS p ON p.code = s.code
    LEFT JOIN own AS o ON o.unit = s.unit AND o.code = s.code
    WHERE CASE WHEN NOT known_or_error(for_unit, NULL, 'all', for_month, as_at) THEN false
               WHEN closes_year(month_start(for_month)) THEN true
               ELSE error(strftime(month_start(for_month), '%Y-%m') || ' is not the last month of a financial year')
          END
    ORDER BY s.position;

-- outturn('kent', '2016-03') : outturn_as_figures, flat: each part of a figure is a column (figure_of in periods.sql
-- says what they are). Those of `latest` have their own names; those of the others begin with last_year_ and
-- month_alone_.
CREATE MACRO outturn(for_unit, for_month, as_at := NULL) AS TABLE
    SELECT * EXCLUDE (latest, previous, month_alone),
           latest.* EXCLUDE (unit, code, cohort, month, period, format, direction),
           COLUMNS(previous.* EXCLUDE (unit, code, cohort, period, format)) AS "last_year_\0",
           COLUMNS(month_alone.* EXCLUDE (unit, code, cohort, month, period, format, rating, direction, target,
                                          floor_standard, green_within, amber_within)) AS "month_alone_\0"
    FROM outturn_as_figures(for_unit, for_month, as_at := as_at);
