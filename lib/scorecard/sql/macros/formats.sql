-- formats() → the codes that an indicator may have as its format. How a result of each is written: display.py.
-- A percentage that may be above 100 (`above_100` in indicators.csv) has 'percent_above_100' in the store: the numerator is no part
-- of its denominator.
CREATE MACRO formats() AS ['percent', 'ratio', 'days', 'count'];

-- is_percentage(format) → whether a result is written with a percent sign: a percentage of a part, or one that may be above 100.
CREATE MACRO is_percentage(format) AS format IN ('percent', 'percent_above_100');

-- is_part_of_whole(format) → whether the numerator is part of the denominator, so that no result is above 100.
CREATE MACRO is_part_of_whole(format) AS format = 'percent';

-- counts_cases(format) → whether the numerator is a number of cases, of which there could be one more or fewer: not
-- that of an average.
CREATE MACRO counts_cases(format) AS format IN ('percent', 'count');

-- factor_of(format) → by how much the fraction num / denom is multiplied: 100 for a percentage, else 1.
CREATE MACRO factor_of(format) AS CASE WHEN is_percentage(format) THEN 100 ELSE 1 END;

-- display_places(format) → decimal places of a displayed result: none for counts, otherwise one (`usual_places` in
-- display.py).
CREATE MACRO display_places(format) AS CASE WHEN format = 'count' THEN 0 ELSE 1 END;
