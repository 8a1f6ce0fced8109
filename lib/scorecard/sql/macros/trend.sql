-- trends(units, codes, month, months, cohort, as_at) : the results of the last `months` reporting months
-- (months_shown() unless given) up to `month` (fewer when the results start later), each rated against the target in force in that month; oldest first.
-- `precise` has as many decimals as it takes to see its rating (`places`).
-- Months before a change of definition are left out as 'not-comparable'.
CREATE MACRO trends(for_units, for_codes, for_month, months := NULL, for_cohort := 'all',
                    as_at := NULL) AS TABLE
    WITH read AS (
        SELECT * REPLACE (
            CASE WHEN comparable_from > month AND comparable_from <= month_start(for_month)
                 THEN 'not-comparable' ELSE status END AS status)
        FROM figures_as_at(as_at)
        WHERE list_contains(for_units, unit) AND list_contains(for_codes, code)
          AND cohort = for_cohort
          AND month BETWEEN months_before(month_start(for_month),
                                      coalesce(months, months_shown()) - 1)
                        AND month_start(for_month)
    )
    SELECT r.unit, u.name AS unit_name, u.kind AS unit_kind, r.code, i.name, i.polarity,
           i.data_period, i.format, r.cohort, r.month, r.status,
           CASE WHEN r.status = 'available' THEN r.num END AS num,
           CASE WHEN r.status = 'available' THEN r.denom END AS denom,
           p.num_places, p.denom_places,
           CASE WHEN r.status = 'available' THEN r.result END AS result,
           CASE WHEN r.status = 'available' THEN r.shown END AS shown,
           CASE WHEN r.status = 'available' THEN r.precise END AS precise,
           r.places,
           CASE WHEN r.status = 'available' THEN r.rating END AS rating,
           r.target, r.floor_standard, r.green_within, r.amber_within, r.provenance,
           r.revised
    FROM read AS r
    JOIN units AS u ON u.unit = r.unit
    JOIN indicators AS i ON i.code = r.code
    LEFT JOIN places_as_at(for_month, as_at := as_at) AS p ON p.code = r.code
    ORDER BY u.position, i.position, r.month;

-- trend('kent', '17', '2016-08') : one unit and indicator, as many months as `trends` by default.
CREATE MACRO trend(for_unit, for_code, for_month, months := NULL, as_at := NULL) AS TABLE
    FROM trends([for_unit], [for_code], for_month, months := months, as_at := as_at);
