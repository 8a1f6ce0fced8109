-- units_in('2016-08') : the units that there are in a month, as they are called then and where they belong,
-- in order of display: position, unit, name, kind, parent, and first_month and last_month, NULL where there is
-- none.
CREATE MACRO units_in(for_month) AS TABLE
    SELECT * REPLACE (nullif(first_month, DATE '0001-01-01') AS first_month,
                      nullif(last_month, DATE '9999-12-01') AS last_month)
    FROM unit_spells WHERE month_start(for_month) BETWEEN first_month AND last_month ORDER BY position;

-- targets_in_force(DATE 2016-08-01) : of each indicator, the row of data/reference/targets.csv that is in
-- force in that month.
CREATE MACRO targets_in_force(month_date) AS TABLE
    FROM targets WHERE valid_from <= month_date
    QUALIFY row_number() OVER (PARTITION BY code ORDER BY valid_from DESC) = 1;

-- rests_on_estimates(provenances) → whether one of a list of provenances owes the reader a footnote.
CREATE MACRO rests_on_estimates(names) AS
    coalesce(list_has_any(names, (SELECT list(provenance) FROM provenances WHERE footnote IS NOT NULL)), false);
