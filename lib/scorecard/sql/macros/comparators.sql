-- all_comparators('kent', ['17', '25'], '2016-08') : the results of others beside those of a unit, in the order
-- of data/reference/comparators.csv: of each the row that holds in that month. Nothing is rated by them.
--
--   period, source   of the comparator's result, in words
--   result, shown  the comparator's, with the usual decimals
--   own_result, own_shown   the unit's, over its own data period from opens to month; NULL without one
--   difference     own − the comparator's on exact results, with difference_places decimals, the usual ones and
--                  those that a finished result has: in percentage points for a percentage
--   difference_sign   1, 0 or -1 of the exact difference: one that rounds to zero keeps its sign
CREATE MACRO all_comparators(for_unit, for_codes, for_month, as_at := NULL) AS TABLE
    WITH held AS (
        FROM comparators WHERE list_contains(for_codes, code) AND valid_from <= month_start(for_month)
        QUALIFY row_number() OVER (PARTITION BY code, comparator ORDER BY valid_from DESC) = 1
    ),
    own AS (
        FROM figures_as_at(as_at)
        WHERE unit = for_unit AND list_contains(for_codes, code) AND cohort = 'all' AND month = month_start(for_month)
    ),
    beside AS (
        SELECT h.*, i.format, i.data_period, i.supplied, o.result AS own_result, o.shown AS own_shown,
               ten_thousandths(o.top) * 10000 - ten_thousandths(h.result) * ten_thousandths(o.bottom)
                   AS difference_top,
               ten_thousandths(o.bottom) * 10000 AS difference_bottom,
               greatest(display_places(i.format), o.shown_places) AS difference_places
        FROM held AS h JOIN indicators_in(for_month) AS i ON i.code = h.code LEFT JOIN own AS o ON o.code = h.code
    )
    SELECT for_unit AS unit, code, comparator, period, source, result,
           shown(result, CAST(1 AS DECIMAL(24, 4)), format) AS shown, format,
           period_opens(data_period, supplied, month_start(for_month)) AS opens,
           month_start(for_month) AS month, own_result, own_shown,
           round_fraction(difference_top, difference_bottom, difference_places) AS difference, difference_places,
           sign(difference_top) AS difference_sign
    FROM beside ORDER BY position;

-- comparators('kent', '17', '2016-08') : all_comparators of one indicator.
CREATE MACRO comparators(for_unit, for_code, for_month, as_at := NULL) AS TABLE
    FROM all_comparators(for_unit, [code_text(for_code)], for_month, as_at := as_at)
    WHERE known_or_error(for_unit, for_code, 'all', for_month, as_at);
