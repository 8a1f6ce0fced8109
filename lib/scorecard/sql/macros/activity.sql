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
    WHERE is_known(for_unit, NULL, 'all', NULL, NULL)
    ORDER BY u.position;

-- activity_as_figures('kent', '2016-08') : for a unit and everything below it, one row for each activity
-- measure. Figures are as supplied, never summed up.
--
--   latest         this month's figure as one value (figure_of in periods.sql)
--   month_ago      last month's, of a stock (data period SS); NULL for a flow (M)
--   change         of a stock since last month
CREATE MACRO activity_as_figures(for_unit, for_month, as_at := NULL) AS TABLE
    WITH supplied AS (
        FROM figures_as_at(as_at)
        WHERE cohort = 'all' AND month IN (month_start(for_month), months_before(month_start(for_month), 1))
    )
    SELECT u.unit, u.name AS unit_name, u.kind AS unit_kind, u.parent, u.depth,
           u.position AS unit_position, i.code, i.position, i.name, i.data_period,
           CASE WHEN i.data_period = 'SS' THEN this.num - last.num END AS change,
           figure_of(this, p) AS latest,
           CASE WHEN i.data_period = 'SS' THEN figure_of(last, p) END AS month_ago
    FROM units_within(for_unit, for_month) AS u
    CROSS JOIN (FROM indicators_in(for_month) WHERE polarity IS NULL) AS i
    LEFT JOIN places_as_at(for_month, as_at := as_at) AS p ON p.code = i.code
    LEFT JOIN supplied AS this
        ON this.unit = u.unit AND this.code = i.code AND this.month = month_start(for_month)
    LEFT JOIN supplied AS last
        ON last.unit = u.unit AND last.code = i.code
        AND last.month = months_before(month_start(for_month), 1)
    WHERE is_known(for_unit, NULL, 'all', for_month, as_at)
    ORDER BY u.position, i.position;

-- activity('kent', '2016-08') : activity_as_figures, flat: this month, last month and the change for a stock, this
-- month alone for a flow. NULL where nothing was supplied.
--
--   num_places            the usual decimals of the measure
--   this_* last_*         provenance, and whether the figure is another than first published
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

-- activity_to_date('kent', '2016-08') : for a unit and everything below it, one row for each activity measure
-- that is counted within the month (data period M): its sum since the financial year began.
--
--   first_month months   the months added up: the first of the financial year, and how many there are
--   num                  their sum; NULL where one of them was not supplied
--   year_ago_num         the sum of the same months a year before, likewise
--   difference           num minus year_ago_num
--   provenance           the distinct provenances of the figures in both
CREATE MACRO activity_to_date(for_unit, for_month, as_at := NULL) AS TABLE
    WITH span AS (
        SELECT opens AS first_month, date_diff('month', opens, month_start(for_month)) + 1 AS months
        FROM (SELECT year_opens(month_start(for_month)) AS opens)
    ),
    supplied AS (
        SELECT f.unit, f.code, f.num, f.provenance, f.month >= s.first_month AS this_year
        FROM figures_as_at(as_at) AS f, span AS s
        WHERE f.cohort = 'all'
          AND (f.month BETWEEN s.first_month AND month_start(for_month)
               OR f.month BETWEEN year_before(s.first_month) AND year_before(month_start(for_month)))
    ),
    summed AS (
        SELECT unit, code, sum(num) FILTER (this_year) AS num, count(num) FILTER (this_year) AS found,
               sum(num) FILTER (NOT this_year) AS year_ago_num, count(num) FILTER (NOT this_year) AS year_ago_found,
               list_sort(list_distinct(flatten(list(provenance)))) AS provenance
        FROM supplied GROUP BY ALL
    )
    SELECT u.unit, u.name AS unit_name, u.kind AS unit_kind, u.parent, u.depth, i.code, i.name,
           s.first_month, s.months, CASE WHEN t.found = s.months THEN t.num END AS num,
           CASE WHEN t.year_ago_found = s.months THEN t.year_ago_num END AS year_ago_num,
           CASE WHEN t.found = s.months AND t.year_ago_found = s.months
                THEN t.num - t.year_ago_num END AS difference,
           coalesce(t.provenance, []) AS provenance
    FROM units_within(for_unit, for_month) AS u
    CROSS JOIN (FROM indicators WHERE polarity IS NULL AND data_period = 'M') AS i
    CROSS JOIN span AS s
    LEFT JOIN summed AS t ON t.unit = u.unit AND t.code = i.code
    WHERE is_known(for_unit, NULL, 'all', for_month, as_at)
    ORDER BY u.position, i.position;

-- reconciliation('kent', '2016-08') : each activity figure of a unit beside the sum of the units
-- directly below it. A residual is information, never an error: an area need not equal its teams.
CREATE MACRO reconciliation(for_unit, for_month, as_at := NULL) AS TABLE
    WITH figures AS (
        SELECT unit, unit_name, unit_position, parent, code, position, name, num_places,
               'this' AS reading, this AS figure
        FROM activity(for_unit, for_month, as_at := as_at)
        UNION ALL
        SELECT unit, unit_name, unit_position, parent, code, position, name, num_places,
               'last', last
        FROM activity(for_unit, for_month, as_at := as_at) WHERE data_period = 'SS'
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
