-- Every figure over its data period, rated and rounded, worked out once when the store is built, in
-- all its versions: what each column is, macros/periods.sql and with_revisions (schema.sql) say. The macros that
-- answer questions look up here, so that they answer in milliseconds and can't differ.
CREATE TABLE figure_versions (
    unit           VARCHAR,
    code           VARCHAR,
    cohort         VARCHAR,
    month          DATE,
    first_load     INTEGER,
    last_load      INTEGER,
    num            DECIMAL(24, 4),
    denom          DECIMAL(24, 4),
    top            DECIMAL(24, 4),
    bottom         DECIMAL(24, 4),
    finished       BOOLEAN,
    given_places   INTEGER,
    status         VARCHAR,
    provenance     VARCHAR[],
    added_up       BOOLEAN,
    polarity       VARCHAR,
    format         VARCHAR,
    target         DECIMAL(9, 4),
    floor_standard DECIMAL(9, 4),
    green_within   DECIMAL(9, 4),
    amber_within   DECIMAL(9, 4),
    target_note    VARCHAR,
    result         DECIMAL(38, 10),
    shown          DECIMAL(22, 4),
    shown_places   INTEGER,
    rating         VARCHAR,
    places         INTEGER,
    near_threshold BOOLEAN,
    precise        DECIMAL(38, 10),
    shown_from     INTEGER,
    revised        BOOLEAN
);

-- The same over the last three months, for the indicators that have such a figure.
CREATE TABLE short_term_figure_versions AS FROM figure_versions;

-- The figures as they are now.
CREATE VIEW figures AS FROM figure_versions WHERE last_load = end_of_loads();
CREATE VIEW short_term_figures AS FROM short_term_figure_versions WHERE last_load = end_of_loads();

-- figures_as_at(12) : the figures over their data periods as they were after that load: columns as in
-- figure_versions.
CREATE MACRO figures_as_at(as_at) AS TABLE
    FROM figure_versions WHERE load_as_at(as_at) BETWEEN first_load AND last_load;

-- short_term_figures_as_at(12) : likewise over the last three months.
CREATE MACRO short_term_figures_as_at(as_at) AS TABLE
    FROM short_term_figure_versions WHERE load_as_at(as_at) BETWEEN first_load AND last_load;

-- figures_among(of, as_at) : figures_as_at of the units in a table or CTE that `of` names, as text. They are looked
-- for before the load: so DuckDB reads only the blocks that can hold them.
CREATE MACRO figures_among(of, as_at) AS TABLE
    FROM (FROM figure_versions WHERE unit IN (SELECT unit FROM query_table(of)))
    WHERE load_as_at(as_at) BETWEEN first_load AND last_load;
