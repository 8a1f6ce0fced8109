-- units_within('kent', '2016-08') : a unit and everything below it in a month, in order of display.
CREATE MACRO units_within(for_unit, for_month) AS TABLE
    WITH RECURSIVE inside AS (
        SELECT unit, 0 AS depth FROM units_in(for_month) WHERE list_contains([for_unit], unit)
        UNION ALL
        SELECT u.unit, inside.depth + 1
        FROM units_in(for_month) AS u JOIN inside ON u.parent = inside.unit
    )
    SELECT u.* EXCLUDE (first_month, last_month), inside.depth
    FROM inside JOIN units_in(for_month) AS u ON u.unit = inside.unit
    WHERE known_or_error(for_unit, NULL, 'all', NULL, NULL)
    ORDER BY u.position;

-- activity_as_figures('kent', '2016-08') : for a unit and everything below it, one row for each activity
-- measure. Figures are as supplied, never summed up.
--
--   latest         this month's figure as one value (figure_of in periods.sql)
--   month_ago      last month's, of a stock (data period SS); NULL for a flow (M)
--   change         of a stock since last month
CREATE MACRO activity_as_figures(for_unit, for_month, as_at := NULL) AS TABLE
    WITH inside AS (FROM units_within(for_unit, for_month)),
    supplied AS (
        FROM figures_among('inside', as_at)
        WHERE cohort = 'all' AND polarity IS NULL
          AND month BETWEEN months_before(month_start(for_month), 1) AND month_start(for_month)
    )
    SELECT u.unit, u.name AS unit_name, u.kind AS unit_kind, u.parent, u.depth,
           u.position AS unit_position, i.code, i.position, i.name, i.data_period,
           CASE WHEN is_stock(i.data_period) THEN this.num - last.num END AS change,
           figure_of(this, p) AS latest,
           CASE WHEN is_stock(i.data_period) THEN figure_of(last, p) END AS month_ago
    FROM inside AS u
    CROSS JOIN (FROM indicators_in(for_month) WHERE polarity IS NULL) AS i
    LEFT JOIN places_as_at(for_month, as_at := as_at) AS p ON p.code = i.code
    LEFT JOIN supplied AS this
        ON this.unit = u.unit AND this.code = i.code AND this.month = month_start(for_month)
    LEFT JOIN supplied AS last
        ON last.unit = u.unit AND last.code = i.code
        AND last.month = months_before(month_start(for_month), 1)
    WHERE known_or_error(for_unit, NULL, 'all', for_month, as_at)
    ORDER BY u.position, i.position;

-- activity('kent', '2016-08') : activity_as_figures, flat: this month, last month and the change for a stock, this
-- month alone for a flow. NULL where nothing was supplied.
--
--   num_places            the usual decimals of the measure
--   this_* last_*         provenance, and whether the figure differs from the one first published
--   provenance, revised   of the change, which rests on both
CREATE MACRO activity(for_unit, for_month, as_at := NULL) AS TABLE
    SELECT * EXCLUDE (change, latest, month_ago), latest.num_places,
           latest.num AS this, month_ago.num AS last, change,
           coalesce(latest.provenance, []) AS this_provenance,
           coalesce(month_ago.provenance, []) AS last_provenance,
           list_sort(list_distinct(list_concat(this_provenance, last_provenance))) AS provenance,
           latest.revised AS this_revised,
           coalesce(month_ago.revised, false) AS last_revised,
           this_revised OR last_revised AS revised
    FROM activity_as_figures(for_unit, for_month, as_at := as_at);

-- sum_status(comparable_from, first_month, found, months) → the status of a sum of `months` months, `found` of which
-- have a figure, from `first_month` on; `comparable_from` is the indicator's.
CREATE MACRO sum_status(comparable_from, first_month, found, months) AS
    CASE WHEN comparable_from > first_month THEN 'not-comparable'
         WHEN coalesce(found, 0) < months THEN 'not-available'
         ELSE 'available' END;

-- activity_to_date('kent', '2016-08') : for a unit and everything below it, one row for each activity measure of
-- the month's catalogue: of a flow (data period M) its sum since the financial year began, of a stock (SS) its
-- figure at the end of the month (rules: years and quarters).
--
--   first_month months   the months added up: the first of the financial year, and how many there are; of a stock the
--                        month itself, and 1
--   num                  their sum; NULL unless `status` is 'available'
--   year_ago_num         the sum of the same months a year before, likewise with year_ago_status
--   status               'not-available' where one of the months was not supplied, and 'not-comparable' where an
--                        earlier one was counted by another definition than the month
--   difference           num minus year_ago_num
--   num_places           the usual decimals of the measure
--   this_provenance year_ago_provenance   the distinct provenances of the figures in each sum, provenance in both
CREATE MACRO activity_to_date(for_unit, for_month, as_at := NULL) AS TABLE
    WITH measures AS (
        SELECT *, date_diff('month', first_month, month_start(for_month)) + 1 AS months
        FROM (
            SELECT code, name, position, data_period, comparable_from,
                   CASE WHEN is_stock(data_period) THEN month_start(for_month)
                        ELSE year_opens(month_start(for_month)) END AS first_month
            FROM indicators_in(for_month) WHERE polarity IS NULL
        )
    ),
    supplied AS (
        SELECT f.unit, f.code, f.num, f.provenance, f.month >= s.first_month AS this_year
        FROM figures_as_at(as_at) AS f JOIN measures AS s ON s.code = f.code
        WHERE f.cohort = 'all' AND f.num IS NOT NULL
          AND (f.month BETWEEN s.first_month AND month_start(for_month)
               OR f.month BETWEEN year_before(s.first_month) AND year_before(month_start(for_month)))
    ),
    summed AS (
        SELECT unit, code, this_year, sum(num) AS num, count(*) AS found,
               list_sort(list_distinct(flatten(list(provenance)))) AS provenance
        FROM supplied GROUP BY ALL
    ),
    judged AS (
        SELECT u.unit, u.name AS unit_name, u.kind AS unit_kind, u.parent, u.depth, u.position AS unit_position,
               i.code, i.name, i.position, i.data_period, i.first_month, i.months,
               sum_status(i.comparable_from, i.first_month, this.found, i.months) AS status, this.num AS this_num,
               sum_status(i.comparable_from, year_before(i.first_month), past.found, i.months) AS year_ago_status,
               past.num AS past_num,
               CASE WHEN status = 'available' THEN this.provenance ELSE [] END AS this_provenance,
               CASE WHEN year_ago_status = 'available' THEN past.provenance ELSE [] END AS year_ago_provenance
        FROM units_within(for_unit, for_month) AS u
        CROSS JOIN measures AS i
        LEFT JOIN summed AS this ON this.unit = u.unit AND this.code = i.code AND this.this_year
        LEFT JOIN summed AS past ON past.unit = u.unit AND past.code = i.code AND NOT past.this_year
    )
    SELECT j.unit, j.unit_name, j.unit_kind, j.parent, j.depth, j.code, j.name, j.data_period, j.first_month,
           j.months,
           j.status, CASE WHEN j.status = 'available' THEN this_num END AS num,
           j.year_ago_status, CASE WHEN j.year_ago_status = 'available' THEN past_num END AS year_ago_num,
           num - year_ago_num AS difference, -- both as named in this SELECT
           p.num_places, j.this_provenance, j.year_ago_provenance,
           list_sort(list_distinct(list_concat(j.this_provenance, j.year_ago_provenance))) AS provenance
    FROM judged AS j
    LEFT JOIN places_as_at(for_month, as_at := as_at) AS p ON p.code = j.code
    WHERE known_or_error(for_unit, NULL, 'all', for_month, as_at)
    ORDER BY j.unit_position, j.position;

-- reconciliation('kent', '2016-08') : each activity figure of a unit beside the sum of the units
-- directly below it. A residual is information, never an error: an area need not equal its teams.
--
--   reading        'this' for this month's figure, 'last' for last month's, of a stock only
--   reported       the unit's own figure
--   parts          the sum of those of the units directly below it, as far as they have one
--   residual       reported - parts
CREATE MACRO reconciliation(for_unit, for_month, as_at := NULL) AS TABLE
    WITH supplied AS MATERIALIZED (FROM activity(for_unit, for_month, as_at := as_at)),
    figures AS (
        SELECT unit, unit_name, unit_position, parent, code, position, name, num_places,
               'this' AS reading, this AS figure
        FROM supplied
        UNION ALL
        SELECT unit, unit_name, unit_position, parent, code, position, name, num_places,
               'last', last
        FROM supplied WHERE is_stock(data_period)
    ),
    compared AS (
        SELECT whole.unit, whole.unit_name, whole.unit_position, whole.code, whole.position,
               whole.name, whole.num_places, whole.reading, whole.figure AS reported, sum(part.figure) AS parts
        FROM figures AS whole
        JOIN figures AS part
            ON part.parent = whole.unit AND part.code = whole.code AND part.reading = whole.reading
        GROUP BY ALL
    )
    SELECT unit, unit_name, code, name, num_places, reading, reported, parts,
           reported - parts AS residual
    FROM compared
    ORDER BY unit_position, position, reading DESC;
