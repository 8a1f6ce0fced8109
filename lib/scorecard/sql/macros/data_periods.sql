-- data_periods() → the codes that an indicator may have as its data period. What each is called: `DATA_PERIODS` in
-- display.py. 'R3M' is the short term of a rolling one (has_short_term), and no indicator's own.
CREATE MACRO data_periods() AS ['SS', 'R12M', 'YTD', 'M'];

-- is_stock(data_period) → whether it counts what is in hand at the month's end.
CREATE MACRO is_stock(data_period) AS data_period = 'SS';

-- is_flow(data_period) → whether it counts what happened in the month alone.
CREATE MACRO is_flow(data_period) AS data_period = 'M';

-- is_for_activity(data_period) → whether an activity measure may have it.
CREATE MACRO is_for_activity(data_period) AS is_stock(data_period) OR is_flow(data_period);

-- over_months(data_period, supplied) → whether a figure is added up here from those of several months.
CREATE MACRO over_months(data_period, supplied) AS supplied = 'monthly' AND NOT is_for_activity(data_period);

-- is_rolling(data_period) → whether each month drops the first month of the one before.
CREATE MACRO is_rolling(data_period) AS data_period IN ('R12M', 'R3M');

-- has_short_term(data_period, supplied) → whether the last three months are a figure of their own beside it.
CREATE MACRO has_short_term(data_period, supplied) AS data_period = 'R12M' AND over_months(data_period, supplied);

-- begins_anew(data_period) → whether it begins again with each financial year.
CREATE MACRO begins_anew(data_period) AS data_period = 'YTD';

-- period_opens(data_period, supplied, month_date) → the first month of the data period that ends at `month_date`
-- (rules: data periods). A finished figure (supplied = 'window') is taken as supplied: one month.
CREATE MACRO period_opens(data_period, supplied, month_date) AS
    CASE
        WHEN supplied = 'window' THEN month_date
        WHEN data_period = 'R12M' THEN months_before(month_date, 11)
        WHEN data_period = 'R3M' THEN months_before(month_date, 2)
        WHEN data_period = 'YTD' THEN year_opens(month_date)
        ELSE month_date
    END;

-- earliest_behind(DATE 2016-08-01) → DATE 2015-09-01: the first month that a figure of a month can rest on, whatever
-- its data period.
CREATE MACRO earliest_behind(month_date) AS
    (SELECT min(period_opens(code, 'monthly', month_date)) FROM (SELECT unnest(data_periods()) AS code));
