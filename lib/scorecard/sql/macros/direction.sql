-- direction(…) → 'better' | 'worse' | 'same' on exact results, or NULL when either is missing.
-- The arrow means performance, not the number: higher is better for H, lower for L, nearer the
-- target for T. Both months of a T indicator are held against the reporting month's target, or a
-- changed target would pass for a change in performance.
CREATE MACRO direction(polarity, target, top, bottom, earlier_top, earlier_bottom) AS
    CASE
        WHEN top IS NULL OR earlier_top IS NULL
          OR coalesce(bottom, 0) = 0 OR coalesce(earlier_bottom, 0) = 0 THEN NULL
        WHEN polarity = 'H' THEN
            better_worse_same(top * earlier_bottom, earlier_top * bottom)
        WHEN polarity = 'L' THEN
            better_worse_same(earlier_top * bottom, top * earlier_bottom)
        WHEN polarity = 'T' THEN
            better_worse_same(abs(earlier_top - target * earlier_bottom) * bottom,
                              abs(top - target * bottom) * earlier_bottom)
    END;

CREATE MACRO better_worse_same(now, earlier) AS
    CASE WHEN now > earlier THEN 'better' WHEN now < earlier THEN 'worse'
         WHEN now = earlier THEN 'same' END;

-- same_definition(comparable_from, earlier, month) → whether no change of definition is between two months,
-- of which `month` is the later.
CREATE MACRO same_definition(comparable_from, earlier, month_date) AS
    NOT coalesce(comparable_from > earlier AND comparable_from <= month_date, false);

-- status_beside(status, comparable, added, earlier) → the status of an earlier figure beside a later one of an
-- indicator that was added in a month: 'not-comparable' where they can't be compared, and where there is no earlier
-- result because the indicator is new.
CREATE MACRO status_beside(status, comparable, added, earlier) AS
    CASE WHEN NOT comparable OR status = 'not-available' AND added > earlier THEN 'not-comparable' ELSE status END;

-- is_comparable(data_period, comparable_from, earlier, month) → whether a month's result can be compared with
-- an earlier one: one definition, and a year to date only with one of the same financial year, or of the same
-- month of another.
CREATE MACRO is_comparable(data_period, comparable_from, earlier, month_date) AS
    same_definition(comparable_from, earlier, month_date)
    AND NOT (data_period = 'YTD' AND year_opens(earlier) <> year_opens(month_date)
             AND month(earlier) <> month(month_date));
