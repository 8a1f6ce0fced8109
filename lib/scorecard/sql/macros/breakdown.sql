-- breakdowns_as_figures(for_units, for_month, as_at) : the groups that results are supplied for, in the order of
-- data/reference/cohorts.csv: one row for each unit, indicator, dimension and group. No rows of a dimension none
-- of whose groups has a figure over the data period that ends with the month. Nothing of a group is rated.
--
--   dimension exhaustive   as in cohorts.csv: whether its groups add up to all children
--   cohort, cohort_name   the group
--   latest         the group's figure, as one value (figure_of in periods.sql)
--   whole          that of all children, likewise
CREATE MACRO breakdowns_as_figures(for_units, for_month, as_at := NULL) AS TABLE
    WITH held AS (
        FROM figures_as_at(as_at)
        WHERE list_contains(for_units, unit) AND month = month_start(for_month)
    )
    SELECT u.unit, u.name AS unit_name, u.kind AS unit_kind, u.position AS unit_position,
           i.code, i.position, i.section, i.name, i.polarity, i.data_period, i.format,
           c.dimension, c.exhaustive, c.cohort, c.name AS cohort_name,
           figure_of(g, p) AS latest, figure_of(w, p) AS whole
    FROM held AS g
    JOIN cohorts AS c ON c.cohort = g.cohort AND c.dimension IS NOT NULL
    JOIN held AS w ON w.unit = g.unit AND w.code = g.code AND w.cohort = 'all'
    JOIN units_in(for_month) AS u ON u.unit = g.unit
    JOIN indicators_in(for_month) AS i ON i.code = g.code
    LEFT JOIN places_as_at(for_month, as_at := as_at) AS p ON p.code = g.code
    QUALIFY bool_or(g.status <> 'not-available') OVER (PARTITION BY g.unit, g.code, c.dimension)
    ORDER BY u.position, i.position, min(c.position) OVER (PARTITION BY g.unit, g.code, c.dimension), c.position;

-- breakdowns(for_units, for_month, as_at) : breakdowns_as_figures, flat: the parts of `latest` (figure_of in
-- periods.sql) are columns, and those of `whole` begin with whole_.
CREATE MACRO breakdowns(for_units, for_month, as_at := NULL) AS TABLE
    SELECT * EXCLUDE (latest, whole),
           latest.* EXCLUDE (unit, code, cohort, period, format, direction),
           COLUMNS(whole.* EXCLUDE (unit, code, cohort, month, period, format, direction)) AS "whole_\0"
    FROM breakdowns_as_figures(for_units, for_month, as_at := as_at);

-- breakdown('kent', '17', 'age', '2016-08') : the groups of one dimension beside the whole.
CREATE MACRO breakdown(for_unit, for_code, for_dimension, for_month, as_at := NULL) AS TABLE
    FROM breakdowns([for_unit], for_month, as_at := as_at)
    WHERE code = code_text(for_code) AND dimension = for_dimension AND known_or_error(for_unit, for_code, 'all', for_month, as_at);
