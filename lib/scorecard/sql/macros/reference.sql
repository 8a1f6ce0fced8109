-- targets_in_force(DATE 2016-08-01) : of each indicator, the row of data/reference/targets.csv that is in
-- force in that month.
CREATE MACRO targets_in_force(month_date) AS TABLE
    FROM targets WHERE valid_from <= month_date
    QUALIFY row_number() OVER (PARTITION BY code ORDER BY valid_from DESC) = 1;

-- rests_on_estimates(provenances) → whether one of a list of provenances owes the reader a footnote.
CREATE MACRO rests_on_estimates(names) AS
    coalesce(list_has_any(names, (SELECT list(provenance) FROM provenances WHERE footnote IS NOT NULL)), false);
