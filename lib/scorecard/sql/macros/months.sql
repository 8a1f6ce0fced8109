-- month_start('2016-08'), month_start(201608), month_start(DATE '2016-08-01') → DATE 2016-08-01: a reporting month
-- as the store keeps it.
CREATE MACRO month_start(month_text) AS
    CAST(regexp_replace(CAST(month_text AS VARCHAR), '^(\d{4})-?(\d\d)(-\d\d)?$', '\1-\2-01') AS DATE);

-- months_before(DATE 2016-08-01, 12) → DATE 2015-08-01.
CREATE MACRO months_before(month_date, how_many) AS
    CAST(month_date - to_months(CAST(how_many AS INTEGER)) AS DATE);

-- month_number(DATE 2016-08-01) → 24199: months counted from the year 0, so that neighbours differ by 1.
CREATE MACRO month_number(month_date) AS 12 * year(month_date) + month(month_date) - 1;

-- year_before(DATE 2016-08-01) → DATE 2015-08-01: the month that a page compares with one year ago.
CREATE MACRO year_before(month_date) AS months_before(month_date, 12);

-- reported_before('2016-08', '2016-05') → DATE 2016-05-01: the month of the previous report, with which a
-- report compares; without one the month before, DATE 2016-07-01.
CREATE MACRO reported_before(for_month, since) AS
    coalesce(month_start(since), months_before(month_start(for_month), 1));

-- months_shown() → how many months a trend has, the reporting month the last: a year, and the month it
-- is compared with. What rests on it asks here: trends, what a pack has published, what is revised, and
-- which small numbers are withheld.
CREATE MACRO months_shown() AS 13;

-- page_opens(DATE 2016-08-01) → DATE 2015-08-01: the first month of which the pages of a month show a
-- figure.
CREATE MACRO page_opens(month_date) AS
    least(months_before(month_date, months_shown() - 1), year_before(month_date));

-- year_begins() → the month in which the council's financial year begins, 1 to 12 (params/wording.yml).
CREATE MACRO year_begins() AS (SELECT a.year_begins FROM about AS a);

-- year_opens(DATE 2016-08-01) → DATE 2016-04-01: the month in which the financial year of a month begins.
CREATE MACRO year_opens(month_date) AS
    make_date(year(month_date) - CAST(month(month_date) < year_begins() AS INTEGER), year_begins(), 1);
