-- units_within('kent') : a unit and everything below it, in order of display.
CREATE MACRO units_within(for_unit) AS TABLE
    WITH RECURSIVE inside AS (
        SELECT unit, 0 AS depth FROM units WHERE unit = for_unit
        UNION ALL
        SELECT u.unit, inside.depth + 1 FROM units AS u JOIN inside ON u.parent = inside.unit
    )
    SELECT u.*, inside.depth FROM inside JOIN units AS u ON u.unit = inside.unit
    ORDER BY u.position;

-- activity('kent', '2016-08') : for a unit and everything below it, one row for each activity
-- measure: this month, last month and the change for a stock (data period SS), this month alone
-- for a flow (M). NULL where nothing was supplied; figures are as supplied, never summed up.
--
--   num_places            the usual decimals of the measure
--   this_* last_*         provenance, and whether the figure is another than first published
--   provenance, revised   of the change, which rests on both
CREATE MACRO activity(for_unit, for_month, as_at := NULL) AS TABLE
    WITH supplied AS (
        FROM result_versions
        WHERE cohort = 'all' AND load_as_at(as_at) BETWEEN first_load AND last_load
    )
    SELECT u.unit, u.name AS unit_name, u.kind AS unit_kind, u.parent, u.depth,
           u.position AS unit_position, i.code, i.position, i.name, i.data_period, p.num_places,
           this.num AS this,
           CASE WHEN i.data_period = 'SS' THEN last.num END AS last,
           CASE WHEN i.data_period = 'SS' THEN this.num - last.num END AS change,
           list_filter([this.provenance], lambda p: p IS NOT NULL) AS this_provenance,
           list_filter([CASE WHEN i.data_period = 'SS' THEN last.provenance END],
                       lambda p: p IS NOT NULL) AS last_provenance,
           list_sort(list_distinct(list_concat(this_provenance, last_provenance))) AS provenance,
           coalesce(this.revised, false) AS this_revised,
           coalesce(i.data_period = 'SS' AND last.revised, false) AS last_revised,
           this_revised OR last_revised AS revised
    FROM units_within(for_unit) AS u
    CROSS JOIN (FROM indicators WHERE polarity IS NULL) AS i
    LEFT JOIN places_as_at(for_month, as_at := as_at) AS p ON p.code = i.code
    LEFT JOIN supplied AS this
        ON this.unit = u.unit AND this.code = i.code
        AND this.month = month_start(for_month)
    LEFT JOIN supplied AS last
        ON last.unit = u.unit AND last.code = i.code
        AND last.month = months_before(month_start(for_month), 1)
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
