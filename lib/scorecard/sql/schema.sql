-- The store's tables. Every column but the decimals and dates is text, as in the files. A store that grows
-- (store/growing.py) has them already.
--
-- DECIMAL(13,4) holds up to 999,999,999.9999 exactly; products of results and thresholds fit the
-- 38 digits that DuckDB computes exactly, which is what the comparisons in macros/ rely on.

-- end_of_loads() → a number above that of any load: `last_load` of what is still valid.
CREATE MACRO IF NOT EXISTS end_of_loads() AS 2147483647;

CREATE TABLE IF NOT EXISTS units (
    position INTEGER,      -- order of display: the order of rows in units.csv
    unit     VARCHAR PRIMARY KEY,
    name     VARCHAR NOT NULL,     -- with the parent's in brackets where other units have the same
    kind     VARCHAR NOT NULL,     -- county | area | service | team
    parent   VARCHAR               -- the unit it belongs to; NULL for the county
);

-- What a unit was called and where it belonged, from month to month: a row for each row of units.csv. `units`
-- holds the last of each unit.
CREATE TABLE IF NOT EXISTS unit_spells (
    position    INTEGER,       -- order of display: the order of rows in units.csv
    unit        VARCHAR NOT NULL,
    name        VARCHAR NOT NULL,  -- as in `units`
    kind        VARCHAR NOT NULL,
    parent      VARCHAR,
    first_month DATE NOT NULL,     -- 0001-01-01 where there was no beginning
    last_month  DATE NOT NULL,     -- 9999-12-01 where there is no end
    PRIMARY KEY (unit, first_month)
);

CREATE TABLE IF NOT EXISTS indicators (
    position        INTEGER,       -- order of display: sections by their first row in indicators.csv, then rows
    code            VARCHAR PRIMARY KEY,
    section         VARCHAR NOT NULL,
    name            VARCHAR NOT NULL,
    short_name      VARCHAR NOT NULL,  -- what titles of charts call it: `name`, unless the file has a shorter one
    polarity        VARCHAR,       -- H | L | T; NULL for an activity measure, which is never rated
    data_period     VARCHAR NOT NULL,  -- one of data_periods()
    format          VARCHAR NOT NULL,  -- one of formats(), or percent_above_100
    supplied        VARCHAR NOT NULL,  -- monthly: summed here; window: the finished figure
    comparable_from DATE,          -- first reporting month with comparable results, where no amendment says so
    definition      VARCHAR,
    data_source     VARCHAR,
    counted_as      VARCHAR,       -- what a case is, one and many: child / children
    others_are      VARCHAR,       -- likewise what the cases beside the numerator are, where they have a name
    added_up        BOOLEAN NOT NULL,  -- a unit without a result of its own has the sum of those below (sums.sql)
    file_row        INTEGER NOT NULL   -- its row of indicators.csv
);

-- When indicators and activity measures were added to the catalogue, amended and retired, and why.
CREATE TABLE IF NOT EXISTS indicator_changes (
    code        VARCHAR NOT NULL,
    month       DATE NOT NULL,     -- the first reporting month to which it applies
    change      VARCHAR NOT NULL,  -- added | amended | retired
    reason      VARCHAR NOT NULL,  -- readers see it
    recounted   BOOLEAN NOT NULL,  -- of an amendment: earlier results were counted again by the new definition
    replaced_by VARCHAR,           -- of a retired one: the code that takes its place
    PRIMARY KEY (code, month)
);

-- The months in which each indicator or activity measure is in the catalogue, with one definition a row. Derived
-- from the changes when they are loaded.
CREATE TABLE IF NOT EXISTS indicator_spells (
    code            VARCHAR NOT NULL,
    first_month     DATE NOT NULL, -- 0001-01-01 where it was never added
    last_month      DATE NOT NULL, -- 9999-12-01 where there is no end
    added           DATE,          -- when it was added for these months; NULL where it was always there
    comparable_from DATE,          -- first month whose results can be compared with those of these months
    amended         DATE,          -- first month counted by their definition, where earlier ones were not recounted
    PRIMARY KEY (code, first_month)
);

CREATE TABLE IF NOT EXISTS targets (
    code           VARCHAR NOT NULL,
    valid_from     DATE NOT NULL,  -- in force until the next row of the same code
    target         DECIMAL(9, 4) NOT NULL,
    floor_standard DECIMAL(9, 4),  -- polarity H and L
    green_within   DECIMAL(9, 4),  -- polarity T: distance from the target
    amber_within   DECIMAL(9, 4),
    note           VARCHAR,
    rationale      VARCHAR,        -- why the target is what it is
    PRIMARY KEY (code, valid_from)
);

-- Known changes of how an indicator or activity measure works or is counted: the limits of its process
-- behaviour chart begin anew there.
CREATE TABLE IF NOT EXISTS steps (
    code   VARCHAR NOT NULL,
    month  DATE NOT NULL,          -- the first month after the change
    reason VARCHAR NOT NULL,
    PRIMARY KEY (code, month)
);

-- Results of others, beside which ours are shown and by which nothing is rated.
CREATE TABLE IF NOT EXISTS comparators (
    position   INTEGER,            -- order of display: the order of rows in comparators.csv
    code       VARCHAR NOT NULL,
    comparator VARCHAR NOT NULL,   -- England, Statistical neighbours
    valid_from DATE NOT NULL,      -- shown from this reporting month until the next row of both
    period     VARCHAR NOT NULL,   -- in words: year to 31 March 2015
    result     DECIMAL(13, 4) NOT NULL,  -- in the units of the indicator
    source     VARCHAR NOT NULL,
    PRIMARY KEY (code, comparator, valid_from)
);

-- The children that a result counts: everybody, everybody but some, or a group of a dimension.
CREATE TABLE IF NOT EXISTS cohorts (
    position   INTEGER,            -- order of display: the order of rows in cohorts.csv
    cohort     VARCHAR PRIMARY KEY,
    dimension  VARCHAR,            -- of a group: age; groups are not rated and have no target
    name       VARCHAR,            -- of a group: 5 to 9
    exhaustive BOOLEAN NOT NULL,   -- the groups of the dimension add up to all children
    words      VARCHAR NOT NULL    -- after the name of a figure: ', age: 5 to 9'; '' for all
);

CREATE TABLE IF NOT EXISTS provenances (
    provenance VARCHAR PRIMARY KEY,
    marker     VARCHAR,            -- set beside a result, such as e for an estimate
    count_marker VARCHAR,          -- set beside a numerator or denominator
    footnote   VARCHAR,            -- the reader's footnote; NULL when none is needed
    phrase_one  VARCHAR,           -- what a sentence says of one such result: is an estimate
    phrase_many VARCHAR            -- and of several: are estimates; both, or both NULL
);

-- Figures over a data period that have a provenance of their own: a rolling figure may have been
-- published though its months were not.
CREATE TABLE IF NOT EXISTS period_provenances (
    unit       VARCHAR NOT NULL,
    code       VARCHAR NOT NULL,
    cohort     VARCHAR NOT NULL,
    month      DATE NOT NULL,      -- the last month of the data period
    data_period VARCHAR,           -- R3M, or NULL for the indicator's own
    provenance VARCHAR NOT NULL
);

-- Every load of results, oldest first (data/loads). Results that were edited by hand since, or were
-- never loaded, come last as one load that is not recorded.
CREATE TABLE IF NOT EXISTS loads (
    load      INTEGER PRIMARY KEY, -- 1, 2, 3 …
    loaded_at TIMESTAMP,           -- the council's time; NULL when not recorded, as are who and why
    time_zone VARCHAR,             -- that of loaded_at, such as BST
    loaded_by VARCHAR,
    why       VARCHAR,
    recorded  BOOLEAN NOT NULL
);

-- Which months' packs were published when a load was made, and from which load they were made.
CREATE TABLE IF NOT EXISTS publications (
    load      INTEGER NOT NULL,
    month     DATE NOT NULL,
    from_load INTEGER NOT NULL
);

-- Which packs showed an indicator's or activity measure's figure of a month: that month's own (`own`), and later
-- ones, which show it beside their own. A pack shows those that are in the catalogue in its month.
CREATE TABLE IF NOT EXISTS showings (
    code      VARCHAR NOT NULL,
    month     DATE NOT NULL,
    own       BOOLEAN NOT NULL,
    from_load INTEGER NOT NULL,    -- the load that the pack was made from
    load      INTEGER NOT NULL     -- the first load that found it published
);

-- What each result was, from its first load to its last, both inclusive: a result of one load has one
-- row. The last load of what is still valid is end_of_loads().
CREATE TABLE IF NOT EXISTS result_versions (
    unit       VARCHAR NOT NULL,
    code       VARCHAR NOT NULL,
    cohort     VARCHAR NOT NULL,
    month      DATE NOT NULL,      -- first day of the month
    num        DECIMAL(18, 4),     -- with room for sums; NULL where `status` says why there is no figure
    denom      DECIMAL(18, 4),     -- NULL for a count
    result     DECIMAL(18, 4),     -- a finished result, in the units of the indicator, which has no num and
                                   -- denom; NULL of any other
    result_places INTEGER,         -- the decimals that it was given with
    status     VARCHAR,            -- withheld | not_applicable | not_available | low; NULL of a figure
    provenance VARCHAR,            -- of a sum the most doubtful of its parts'
    added_up   BOOLEAN NOT NULL,   -- a sum of the units below (sums.sql), and in no file
    provenances VARCHAR[],         -- of a sum those of all its parts; NULL for a result of the unit's own
    first_load INTEGER NOT NULL,
    last_load  INTEGER NOT NULL,
    shown_from INTEGER,            -- see with_revisions below
    revised    BOOLEAN NOT NULL,
    row        INTEGER             -- its row in the results file; NULL of what is no longer valid
);

-- Results that there are after the last load, and whose unit in that month, indicator or cohort is no longer in
-- data/reference. The rules refuse such a row in a file, so each was removed by hand since the load. With today's
-- reference data, that load can't be read any more.
CREATE TABLE IF NOT EXISTS displaced (
    unit   VARCHAR NOT NULL,
    code   VARCHAR NOT NULL,
    cohort VARCHAR NOT NULL,
    month  DATE NOT NULL,
    PRIMARY KEY (unit, code, cohort, month)
);

-- The results as they are now, those that have a numerator.
CREATE VIEW IF NOT EXISTS results AS
SELECT unit, code, cohort, month, num, denom, provenance, added_up
FROM result_versions WHERE last_load = end_of_loads() AND num IS NOT NULL;

-- months_reported: every month from the first with results to the last, in order, and the load that brought it: a
-- month is there from the load on that has results on both sides of it, or in it.
CREATE VIEW IF NOT EXISTS months_reported AS
    SELECT m.month, greatest(min(v.first_load) FILTER (v.month <= m.month),
                             min(v.first_load) FILTER (v.month >= m.month)) AS load
    FROM (
        SELECT CAST(unnest(generate_series(min(month), max(month), INTERVAL 1 MONTH)) AS DATE) AS month
        FROM result_versions
    ) AS m
    CROSS JOIN (SELECT month, min(first_load) AS first_load FROM result_versions GROUP BY month) AS v
    GROUP BY m.month ORDER BY m.month;

-- The decimals of each indicator's results of a month, from load to load as in result_versions, so that
-- a column of figures lines up: 524.0 posts beside 404.3. Derived from the results when they are loaded.
CREATE TABLE IF NOT EXISTS supplied_places (
    code         VARCHAR NOT NULL,
    month        DATE NOT NULL,
    first_load   INTEGER NOT NULL,
    last_load    INTEGER NOT NULL,
    num_places   INTEGER NOT NULL,
    denom_places INTEGER NOT NULL,
    PRIMARY KEY (code, month, first_load, last_load)
);

CREATE TABLE IF NOT EXISTS about (
    built_from  VARCHAR NOT NULL,  -- SHA-256 of every input file and of the SQL that built this
    year_begins INTEGER NOT NULL   -- the month in which the financial year begins, 1 to 12
);

-- What the store was built from: `about.built_from` is the hash of these.
CREATE TABLE IF NOT EXISTS inputs (
    name   VARCHAR NOT NULL,       -- a file as messages name it, a file of the SQL, or a setting
    sha256 VARCHAR NOT NULL
);

-- What was read, word for word, before anything is checked. `row` counts as a spreadsheet does.
CREATE TEMP TABLE staged_units (file VARCHAR, row BIGINT, unit VARCHAR, name VARCHAR, kind VARCHAR,
    parent VARCHAR, first_month VARCHAR, last_month VARCHAR);
-- The last row of each unit: what it is called now, and where it belongs.
CREATE TEMP VIEW latest_units AS
FROM staged_units
QUALIFY row_number() OVER (PARTITION BY unit ORDER BY coalesce(first_month, '') DESC, row DESC) = 1;
CREATE TEMP TABLE staged_indicators (file VARCHAR, row BIGINT, code VARCHAR, section VARCHAR,
    name VARCHAR, polarity VARCHAR, data_period VARCHAR, format VARCHAR, supplied VARCHAR,
    comparable_from VARCHAR, definition VARCHAR, data_source VARCHAR, counted_as VARCHAR,
    others_are VARCHAR, added_up VARCHAR, above_100 VARCHAR, short_name VARCHAR);
CREATE TEMP TABLE staged_targets (file VARCHAR, row BIGINT, code VARCHAR, valid_from VARCHAR,
    target VARCHAR, floor VARCHAR, green_within VARCHAR, amber_within VARCHAR, note VARCHAR,
    rationale VARCHAR);
CREATE TEMP TABLE staged_changes (file VARCHAR, row BIGINT, code VARCHAR, month VARCHAR, change VARCHAR,
    reason VARCHAR, recounted VARCHAR, replaced_by VARCHAR);
CREATE TEMP TABLE staged_steps (file VARCHAR, row BIGINT, code VARCHAR, month VARCHAR, reason VARCHAR);
CREATE TEMP TABLE staged_comparators (file VARCHAR, row BIGINT, code VARCHAR, comparator VARCHAR,
    valid_from VARCHAR, period VARCHAR, result VARCHAR, source VARCHAR);
CREATE TEMP TABLE staged_cohorts (file VARCHAR, row BIGINT, cohort VARCHAR, dimension VARCHAR,
    name VARCHAR, exhaustive VARCHAR);
-- The cohorts that every council has; those of cohorts.csv come after them.
INSERT INTO staged_cohorts VALUES
    ('', 0, 'all', NULL, NULL, 'no'),
    ('', 1, 'excluding_uasc', NULL, 'excluding UASC', 'no');
CREATE TEMP TABLE staged_provenance (file VARCHAR, row BIGINT, provenance VARCHAR,
    marker VARCHAR, count_marker VARCHAR, footnote VARCHAR, phrase_one VARCHAR, phrase_many VARCHAR);
CREATE TEMP TABLE staged_period_provenance (file VARCHAR, row BIGINT, month VARCHAR, unit VARCHAR,
    code VARCHAR, cohort VARCHAR, data_period VARCHAR, provenance VARCHAR);
CREATE TEMP TABLE staged_results (file VARCHAR, row BIGINT, month VARCHAR, unit VARCHAR,
    code VARCHAR, cohort VARCHAR, num VARCHAR, denom VARCHAR, provenance VARCHAR);
-- The files of results with a column `result` of its own: in others a finished result is under num.
CREATE TEMP TABLE staged_result_columns (file VARCHAR);
CREATE TEMP TABLE staged_ledger (load INTEGER, month VARCHAR, unit VARCHAR, code VARCHAR,
    cohort VARCHAR, change VARCHAR, num VARCHAR, denom VARCHAR, provenance VARCHAR);

-- one_of(['a', 'b', 'c']) → 'a, b or c'
CREATE TEMP MACRO one_of(choices) AS array_to_string(choices[:-2], ', ') || ' or ' || choices[-1];

-- Helpers of the rules: what counts as a figure, a month and a slug in an input file.
CREATE TEMP MACRO is_figure(text) AS
    regexp_full_match(text, '[0-9]{1,9}(\.[0-9]{1,4})?');
-- stated('withheld') → why there is no figure, where a cell says that in place of one; else NULL.
CREATE TEMP MACRO stated(text) AS
    CASE WHEN text IN ('withheld', 'not_applicable', 'not_available', 'low') THEN text END;
CREATE TEMP MACRO is_month(text) AS
    regexp_full_match(text, '[12][0-9]{3}-(0[1-9]|1[0-2])');
-- How a cohort is named after the name of a figure.
CREATE TEMP MACRO cohort_words(dimension, name) AS
    coalesce(', ' || coalesce(dimension || ': ', '') || name, '');
-- What a cell says: without the spaces around it, no-break spaces included, and NULL when that is
-- nothing. Where $spaces is false no cell of the file has any, and none is looked at.
CREATE TEMP MACRO cell_text(cell, spaces) AS
    CASE WHEN spaces
        THEN nullif(trim(CASE WHEN regexp_matches(cell, '[\t\n\r]')
                              THEN regexp_replace(cell, '^[\s\pZ]+|[\s\pZ]+$', '', 'g') ELSE cell END), '')
        ELSE cell END;
-- csv_rows(paths, files, above, columns, longest, skip, spaces) : what the cells of CSV files with the same
-- columns say, each row with the name of its `file` and with the `row` that a spreadsheet gives it where no
-- line is blank; `above` is how many rows the files before it have. A line that is not a row of the table
-- is an error.
CREATE TEMP MACRO csv_rows(of_paths, of_files, of_above, of_columns, of_longest, of_skip, of_spaces) AS TABLE
    WITH numbered AS (
        SELECT list_position(of_paths, "|path|") AS place, row_number() OVER () + 1 AS row,
            cell_text(COLUMNS(* EXCLUDE "|path|"), of_spaces)
        FROM read_csv(
            of_paths, header = true, auto_detect = false, columns = of_columns, delim = ',', quote = '"',
            escape = '"', strict_mode = true, max_line_size = of_longest, skip = of_skip, filename = '|path|'
        )
    )
    SELECT of_files[place] AS file, row - of_above[place] AS row, * EXCLUDE (place, row)
    FROM numbered;
-- Months as people and spreadsheets write them: 2016-08, a date that opens or closes a month
-- (2016-08-01, 2016-08-31), Aug-16, Aug 2016, August 2016. Any other day is not a month: a spreadsheet
-- takes a typed Aug-16 for the 16th of August of this year. What is not a month stays as it is.
CREATE TEMP MACRO opens_or_closes_month(day) AS
    day = last_day(day) OR day = date_trunc('month', day);
CREATE TEMP MACRO meant_month(text) AS
    CASE
        WHEN regexp_full_match(text, '[0-9]{4}-[0-9]{2}-[0-9]{2}')
            THEN CASE WHEN opens_or_closes_month(TRY_CAST(text AS DATE)) THEN left(text, 7) END
        WHEN regexp_full_match(text, '[A-Za-z]{3}-[0-9]{2}')
            THEN strftime(try_strptime(left(text, 4) || '20' || right(text, 2), '%b-%Y'), '%Y-%m')
        WHEN regexp_full_match(text, '[A-Za-z]{3,9} [0-9]{4}')
            THEN strftime(try_strptime(text, ['%b %Y', '%B %Y']), '%Y-%m')
    END;
CREATE TEMP MACRO as_month(text) AS
    CASE WHEN text IS NULL OR is_month(text) THEN text
         ELSE coalesce(list_filter([meant_month(text)], lambda meant: is_month(meant))[1], text) END;
-- Whether two spans of months have one in common; without a beginning or an end they are open.
CREATE TEMP MACRO same_time(first, last, other_first, other_last) AS
    coalesce(first, '0001-01') <= coalesce(other_last, '9999-12')
    AND coalesce(other_first, '0001-01') <= coalesce(last, '9999-12');
-- in_catalogue('l', '2016-08') → whether the staged changes leave an indicator in the catalogue of a month.
CREATE TEMP MACRO in_catalogue(of_code, in_month) AS (
    SELECT coalesce(arg_max(change, month) FILTER (month <= in_month) = 'added', arg_min(change, month) = 'retired', true)
    FROM staged_changes WHERE code = of_code AND change IN ('added', 'retired') AND is_month(month)
);
CREATE TEMP MACRO is_slug(text) AS
    regexp_full_match(text, '[a-z0-9]+(-[a-z0-9]+)*');
CREATE TEMP MACRO figure(text) AS
    CASE WHEN is_figure(text) THEN CAST(text AS DECIMAL(13, 4)) END;
-- A finished result has no numerator and denominator: the word `result` in place of the denominator says that
-- what is in place of the numerator is one. So it is kept in files of results and in the ledger, where a row
-- then has no other columns than that of counts.
CREATE TEMP MACRO is_finished(denom) AS coalesce(denom = 'result', false);
CREATE TEMP MACRO finished_result(num, denom) AS CASE WHEN is_finished(denom) THEN figure(num) END;
CREATE TEMP MACRO counted_num(num, denom) AS CASE WHEN NOT is_finished(denom) THEN figure(num) END;
-- no_finished_result('94%') → why it is not one: it is not a number, or has more decimals than are kept.
CREATE TEMP MACRO no_finished_result(text) AS
    'the finished result ' || CASE
        WHEN regexp_full_match(text, '[0-9]+\.[0-9]{5,}') THEN text || ' has more than four decimals.'
        WHEN starts_with(text, '-') AND is_figure(ltrim(text, '-')) THEN text || ' is negative.'
        ELSE '`' || text || '` is not a number.' END;
-- given_places('94.50', 'result') → 2: the decimals that a finished result was given with; NULL of any other.
CREATE TEMP MACRO given_places(num, denom) AS
    CASE WHEN is_finished(denom) AND is_figure(num) THEN CAST(len(split_part(num, '.', 2)) AS INTEGER) END;
-- finished_column('data/results/2016-08.csv') → the column of its finished results.
CREATE TEMP MACRO finished_column(of_file) AS
    CASE WHEN of_file IN (SELECT file FROM staged_result_columns) THEN 'result' ELSE 'num' END;
-- supplied_num(num, denom, status, result), supplied_denom(…) → what is kept of a row in which a status or a
-- finished result may have a column of its own. One that is not known, or is beside another, is kept behind
-- `|status|` or `|result|` for the rules results_status and results_finished.
CREATE TEMP MACRO supplied_num(num, denom, status, result) AS
    CASE WHEN coalesce(status, result) IS NULL THEN num
         WHEN result IS NULL AND num IS NULL AND stated(status) IS NOT NULL THEN status
         WHEN result IS NULL THEN coalesce(num, '') || '|status|' || status
         WHEN coalesce(num, denom, status) IS NULL AND (is_figure(result) OR stated(result) IS NOT NULL) THEN result
         ELSE coalesce(num, denom, status, '') || '|result|' || result END;
CREATE TEMP MACRO supplied_denom(num, denom, status, result) AS
    CASE WHEN coalesce(num, denom, status) IS NULL AND is_figure(result) THEN 'result' ELSE denom END;
-- result_hash(…) → a number that differs where a result does, 12 and 12.0 being one.
CREATE TEMP MACRO result_hash(month, unit, code, cohort, num, denom, provenance) AS
    CAST(hash(month, unit, code, cohort, figure(num), figure(denom), provenance) AS HUGEINT)
    + CASE WHEN is_finished(denom) THEN hash(denom) ELSE 0 END
    + CASE WHEN stated(num) IS NULL THEN 0 ELSE hash(stated(num)) END;
-- cohort_series() : the load that brought the first result of each unit, indicator and cohort but `all`: the figures
-- of the cohort begin with it, in all months.
CREATE TEMP MACRO cohort_series() AS TABLE
    SELECT unit, code, cohort, min(first_load) AS load
    FROM result_versions WHERE cohort <> 'all' GROUP BY unit, code, cohort;
-- with_revisions('figures', only_own) : versions of figures with
--   shown_from  the load from which the pack was made that first showed the figure, when one had been
--               published before this version came; NULL when none had: the figure is new then, also
--               in a month that was published without it
--   revised     whether its numerator, denominator or finished result differs from what was shown then
-- `only_own` says that only the pack of a figure's own month shows it, as is so of every cohort but
-- `all`.
CREATE TEMP MACRO with_revisions(versions, only_own := false) AS TABLE
    WITH published AS (
        SELECT v.unit, v.code, v.cohort, v.month, v.first_load,
               min(s.from_load) AS shown_from,
               arg_min((earlier.num, earlier.denom, earlier.result), s.from_load) AS figure
        FROM query_table(versions) AS v
        JOIN showings AS s
            ON s.code = v.code AND s.month = v.month AND s.load <= v.first_load
            AND (s.own OR NOT only_own AND v.cohort = 'all')
        JOIN query_table(versions) AS earlier
            ON earlier.unit = v.unit AND earlier.code = v.code AND earlier.cohort = v.cohort
            AND earlier.month = v.month
            AND s.from_load BETWEEN earlier.first_load AND earlier.last_load
        WHERE coalesce(earlier.num, earlier.result) IS NOT NULL
        GROUP BY ALL
    )
    SELECT v.*, p.shown_from,
           p.shown_from IS NOT NULL AND (v.num, v.denom, v.result) IS DISTINCT FROM p.figure AS revised
    FROM query_table(versions) AS v
    LEFT JOIN published AS p
        ON p.unit = v.unit AND p.code = v.code AND p.cohort = v.cohort AND p.month = v.month
        AND p.first_load = v.first_load;
-- How many decimals a stored figure needs: 0 for 12.0000, 1 for 404.3000.
CREATE TEMP MACRO decimals(x) AS
    CASE WHEN x % 1 = 0 THEN 0 WHEN x * 10 % 1 = 0 THEN 1 WHEN x * 100 % 1 = 0 THEN 2 WHEN x * 1000 % 1 = 0 THEN 3
         WHEN x IS NOT NULL THEN 4 END;
-- A code may have capitals, dots and underscores; it stays a plain file name and anchor.
CREATE TEMP MACRO is_code(text) AS
    regexp_full_match(text, '[A-Za-z0-9][A-Za-z0-9._-]*');
-- How a name is compared with another: capitals, spaces of any kind and the two ways of writing an
-- accent make no difference.
CREATE TEMP MACRO alike(text) AS
    lower(trim(regexp_replace(nfc_normalize(text), '[\s\pZ]+', ' ', 'g')));
-- unit_names('latest_units') : what each unit is called where units of several parents are side by
-- side: its name, with the parent's in brackets where another unit has the same name; where that has
-- the same too, with its slug.
CREATE TEMP MACRO unit_names(units) AS TABLE
    WITH named AS (
        SELECT u.unit, u.name, u.name || ' (' || p.name || ')' AS with_parent
        FROM query_table(units) AS u LEFT JOIN query_table(units) AS p ON p.unit = u.parent
    )
    SELECT unit,
           CASE WHEN count(*) OVER (PARTITION BY alike(name)) = 1 THEN name
                WHEN count(*) OVER (PARTITION BY alike(with_parent)) = 1 THEN with_parent
                ELSE name || ' (' || unit || ')' END AS name
    FROM named;
-- Where a row is, for a message about a row of file `beside`. A row of a wide extract holds
-- many results: the number of the column is kept above the 32 bits of the row's own (importing/grid.py).
CREATE TEMP MACRO place_of(file, row, beside) AS
    'row ' || row % 4294967296 || CASE WHEN file = beside THEN '' ELSE ' of ' || file END;
-- The end of a message about an unknown name: the nearest known one.
CREATE TEMP MACRO did_you_mean(text, known) AS
    coalesce(
        'Did you mean `' || list_filter(
            list_sort([{'far': 1 - jaro_winkler_similarity(text, k), 'name': k} FOR k IN known]),
            lambda near: near.far < 0.25
        )[1].name || '`?',
        'Correct it, or add it to data/reference.'
    );
-- put_back(of_file, name, catalogue, how_to_end) → what else to do about a stored result whose name is not known now:
-- the file `catalogue` had the name when the result was loaded. `how_to_end` says how that file retires the name, if
-- it can.
CREATE TEMP MACRO put_back(of_file, name, catalogue, how_to_end := NULL) AS
    CASE WHEN starts_with(of_file, 'data/results/') AND name IS NOT NULL
         THEN ' If its row was taken out of ' || catalogue || ', put it back' || coalesce(', and ' || how_to_end, '') || '.'
         ELSE '' END;
