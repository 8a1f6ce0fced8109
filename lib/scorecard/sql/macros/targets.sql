-- targets_in_force(DATE 2016-08-01) : of each indicator, the row of data/reference/targets.csv that is in
-- force in that month.
CREATE MACRO targets_in_force(month_date) AS TABLE
    FROM targets WHERE valid_from <= month_date
    QUALIFY row_number() OVER (PARTITION BY code ORDER BY valid_from DESC) = 1;
