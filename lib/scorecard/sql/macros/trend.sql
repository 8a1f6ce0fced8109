-- trends_as_figures(for_units, for_codes, for_month, months, for_cohort, as_at) : the last `months` reporting
-- months (months_shown() unless given) up to `for_month` (fewer when the results start later), oldest first;
-- one row for each unit, indicator and month.
--
--   latest         the month's figure as one value (figure_of in periods.sql), rated against the target
--                  in force in that month; 'not-comparable' before a change of definition,
--                  and where a new indicator has no earlier result
CREATE MACRO trends_as_figures(for_units, for_codes, for_month, months := NULL, for_cohort := 'all',
                              as_at := NULL) AS TABLE
    WITH read AS (
        SELECT f.* REPLACE (
            status_beside(f.status, same_definition(i.comparable_from, f.month, month_start(for_month)),
                          i.added, f.month) AS status),
               i.name, i.short_name, i.data_period, i.position
        FROM figures_as_at(as_at) AS f
        JOIN indicators_in(for_month) AS i ON i.code = f.code
        WHERE list_contains(for_units, f.unit) AND list_contains(for_codes, f.code)
          AND f.cohort = for_cohort
          AND f.month BETWEEN months_before(month_start(for_month),
                                      coalesce(months, months_shown()) - 1)
                        AND month_start(for_month)
    )
    SELECT r.unit, u.name AS unit_name, u.kind AS unit_kind, r.code, r.name, r.short_name,
           r.polarity, r.data_period, r.format, r.cohort, r.month,
           figure_of(r, p) AS latest
    FROM read AS r
    JOIN units_in(for_month) AS u ON u.unit = r.unit
    LEFT JOIN places_as_at(for_month, as_at := as_at) AS p ON p.code = r.code
    ORDER BY u.position, r.position, r.month;

-- trends(for_units, for_codes, for_month, months, for_cohort, as_at) : trends_as_figures, flat: each part of
-- the figure (figure_of in periods.sql) is a column.
CREATE MACRO trends(for_units, for_codes, for_month, months := NULL, for_cohort := 'all',
                    as_at := NULL) AS TABLE
    SELECT * EXCLUDE (latest), latest.* EXCLUDE (unit, code, cohort, month, period, format, direction)
    FROM trends_as_figures(for_units, for_codes, for_month, months := months, for_cohort := for_cohort,
                       as_at := as_at);

-- trend('kent', '17', '2016-08') : one unit and indicator, as many months as `trends` by default.
CREATE MACRO trend(for_unit, for_code, for_month, months := NULL, as_at := NULL) AS TABLE
    FROM trends([for_unit], [code_text(for_code)], for_month, months := months, as_at := as_at)
    WHERE known_or_error(for_unit, for_code, 'all', for_month, as_at);
