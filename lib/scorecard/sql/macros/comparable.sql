-- same_definition(comparable_from, earlier, month_date) → whether no change of definition is between two months,
-- of which `month_date` is the later.
CREATE MACRO same_definition(comparable_from, earlier, month_date) AS
    NOT coalesce(comparable_from > earlier AND comparable_from <= month_date, false);

-- status_beside(status, comparable, added, earlier) → the status of an earlier figure beside a later one of an
-- indicator that was added in a month: 'not-comparable' where they can't be compared, and where there is no earlier
-- result because the indicator is new.
CREATE MACRO status_beside(status, comparable, added, earlier) AS
    CASE WHEN NOT comparable OR status = 'not-available' AND added > earlier THEN 'not-comparable' ELSE status END;

-- is_comparable(data_period, comparable_from, earlier, month_date) → whether a month's result can be compared with
-- an earlier one: one definition, and a year to date only with one of the same financial year, or of the same
-- month of another.
CREATE MACRO is_comparable(data_period, comparable_from, earlier, month_date) AS
    same_definition(comparable_from, earlier, month_date)
    AND NOT (begins_anew(data_period) AND year_opens(earlier) <> year_opens(month_date)
             AND month(earlier) <> month(month_date));
