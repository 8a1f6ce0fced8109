-- month_start('2016-08') → DATE 2016-08-01: a reporting month as the store keeps it.
CREATE MACRO month_start(month_text) AS CAST(month_text || '-01' AS DATE);

-- months_before(DATE 2016-08-01, 12) → DATE 2015-08-01.
CREATE MACRO months_before(month_date, how_many) AS
    CAST(month_date - to_months(CAST(how_many AS INTEGER)) AS DATE);

-- The month in which the financial year of `month_date` begins: April.
CREATE MACRO year_opens(month_date) AS
    make_date(year(month_date) - CAST(month(month_date) < 4 AS INTEGER), 4, 1);

-- The first month of the data period that ends at `month_date` (rules: data periods).
-- A finished rolling figure (supplied = 'window') is taken as it stands: one month.
CREATE MACRO period_opens(data_period, supplied, month_date) AS
    CASE
        WHEN supplied = 'window' THEN month_date
        WHEN data_period = 'R12M' THEN months_before(month_date, 11)
        WHEN data_period = 'R3M' THEN months_before(month_date, 2)
        WHEN data_period = 'YTD' THEN year_opens(month_date)
        ELSE month_date
    END;
