-- difference_top(top, bottom, other_top, other_bottom) : the numerator of the exact difference
-- other − this of two fractions, over the product of their denominators.
CREATE MACRO difference_top(top, bottom, other_top, other_bottom) AS
    ten_thousandths(other_top) * ten_thousandths(bottom)
        - ten_thousandths(top) * ten_thousandths(other_bottom);

-- uasc_impacts_as_figures(for_units, for_month, as_at) : for each unit, the indicators that are also supplied
-- without unaccompanied asylum-seeking children (UASC): both figures and the variance.
--
--   including excluding   both figures, each as one value (figure_of in periods.sql); the `direction` of
--                    `excluding` says whether leaving UASC out is 'better', 'worse' or the 'same'
--   variance         excluding − including on the exact results, rounded for display
--   variance_sign    1, 0 or −1 of the exact difference: one that rounds to zero keeps its sign
CREATE MACRO uasc_impacts_as_figures(for_units, for_month, as_at := NULL) AS TABLE
    WITH rated AS (
        FROM figures_as_at(as_at)
        WHERE list_contains(for_units, unit) AND month = month_start(for_month)
    )
    SELECT i.unit, u.name AS unit_name, u.kind AS unit_kind, u.position AS unit_position,
           i.code, c.position, c.section, c.name, c.short_name, c.polarity, c.data_period,
           c.format,
           i.target_note,
           round_fraction(difference_top(i.top, i.bottom, e.top, e.bottom),
                          ten_thousandths(i.bottom) * ten_thousandths(e.bottom),
                          display_places(c.format)) AS variance,
           sign(difference_top(i.top, i.bottom, e.top, e.bottom)) AS variance_sign,
           figure_of(i, p) AS including,
           figure_of(e, p, direction_there := direction(c.polarity, i.target, e.top, e.bottom, i.top, i.bottom))
               AS excluding
    FROM rated AS i
    JOIN rated AS e ON e.unit = i.unit AND e.code = i.code AND e.cohort = 'excluding_uasc'
    JOIN units_in(for_month) AS u ON u.unit = i.unit
    JOIN indicators_in(for_month) AS c ON c.code = i.code
    LEFT JOIN places_as_at(for_month, as_at := as_at) AS p ON p.code = i.code
    WHERE i.cohort = 'all'
    ORDER BY u.position, c.position;

-- uasc_impacts(for_units, for_month, as_at) : uasc_impacts_as_figures, flat: the parts of the figures (figure_of in
-- periods.sql) are columns that begin with including_ and excluding_; `provenance` and `revised` are of the
-- variance, which rests on both.
CREATE MACRO uasc_impacts(for_units, for_month, as_at := NULL) AS TABLE
    SELECT * EXCLUDE (including, excluding),
           COLUMNS(including.* EXCLUDE (unit, code, month, period, format, direction)) AS "including_\0",
           COLUMNS(excluding.* EXCLUDE (unit, code, month, period, format)) AS "excluding_\0",
           including.num_places, including.denom_places, including.target,
           including.floor_standard, including.green_within, including.amber_within,
           list_sort(list_distinct(list_concat(coalesce(including.provenance, []),
               coalesce(excluding.provenance, [])))) AS provenance,
           including.revised OR excluding.revised AS revised
    FROM uasc_impacts_as_figures(for_units, for_month, as_at := as_at);

-- uasc_impact('kent', '2016-08') : the same for one unit.
CREATE MACRO uasc_impact(for_unit, for_month, as_at := NULL) AS TABLE
    FROM uasc_impacts([for_unit], for_month, as_at := as_at)
    WHERE known_or_error(for_unit, NULL, 'all', for_month, as_at);
