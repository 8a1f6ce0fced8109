-- units_in('2016-08') : the units that there are in a month, as they are called then and where they belong,
-- in order of display: position, unit, name, kind, parent, and first_month and last_month, NULL where there is
-- none.
CREATE MACRO units_in(for_month) AS TABLE
    SELECT * REPLACE (nullif(first_month, DATE '0001-01-01') AS first_month,
                      nullif(last_month, DATE '9999-12-01') AS last_month)
    FROM unit_spells WHERE month_start(for_month) BETWEEN first_month AND last_month ORDER BY position;

-- indicators_in('2016-08') : the indicators and activity measures that are in the catalogue in a month, in order of
-- display: the columns of `indicators`, and
--   added          the month in which it was added; NULL where it was always there
--   comparable_from   the first month whose results can be compared with this month's; NULL where all can
--   amended        the first month that was counted by this month's definition, where the months before it were not
--                  recounted; NULL where all were. No result is added up over both
CREATE MACRO indicators_in(for_month) AS TABLE
    SELECT i.* REPLACE (s.comparable_from AS comparable_from), s.added, s.amended
    FROM indicators AS i
    JOIN indicator_spells AS s ON s.code = i.code AND month_start(for_month) BETWEEN s.first_month AND s.last_month
    ORDER BY i.position;

-- catalogue_changes('2016-08', since := '2016-05') : what changed in the catalogue since the month of the previous
-- report, the month before unless given: added, then amended, then retired, each in order of display and time.
--
--   change         'added' | 'amended' | 'retired'; `month` is the first month of which it is so
--   recounted      of an amendment: earlier results were counted again by the new definition
--   over_months    its result is added up here over several months
--   replaced_by replaced_by_name   of a retired one: what takes its place; NULL where nothing does
CREATE MACRO catalogue_changes(for_month, since := NULL) AS TABLE
    SELECT c.code, i.position, i.section, i.name, i.polarity, c.change, c.month, c.reason, c.recounted,
           over_months(i.data_period, i.supplied) AS over_months,
           c.replaced_by, r.name AS replaced_by_name
    FROM indicator_changes AS c
    JOIN indicators AS i ON i.code = c.code
    LEFT JOIN indicators AS r ON r.code = c.replaced_by
    WHERE c.month > reported_before(for_month, since) AND c.month <= month_start(for_month)
    ORDER BY c.change, i.position, c.month;

-- targets_in_force(DATE 2016-08-01) : of each indicator, the row of data/reference/targets.csv that is in
-- force in that month.
CREATE MACRO targets_in_force(month_date) AS TABLE
    FROM targets WHERE valid_from <= month_date
    QUALIFY row_number() OVER (PARTITION BY code ORDER BY valid_from DESC) = 1;

-- rests_on_estimates(names) → whether one of a list of provenances has a footnote.
CREATE MACRO rests_on_estimates(names) AS
    coalesce(list_has_any(names, (SELECT list(provenance) FROM provenances WHERE footnote IS NOT NULL)), false);
