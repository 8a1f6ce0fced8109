-- all_rate_and_mix('kent', ['17', '25'], '2016-08') : why a unit's results differ from those of a smaller cohort:
-- how many were left out, and how different they are. No rows for counts, or without both figures.
--
--   gap            the whole − the smaller cohort, exactly share × (left_out_result − others_result), in the
--                  units of the result (percentage points)
--   share          of those left out in the denominator, as a fraction of 1
--   left_out_*     those in the whole and not in the smaller cohort: num, denom, result, shown; result NULL
--                  where there are none
--   others_*       the smaller cohort
--   whole_*        all of them
--   gap_shown, share_shown   with the usual decimals, the share in percent
-- Results, share and gap are rounded to ten decimals; the numerators and denominators give them exactly.
CREATE MACRO all_rate_and_mix(for_unit, for_codes, for_month, for_cohort := 'excluding_uasc', as_at := NULL) AS TABLE
    WITH paired AS (
        SELECT w.unit, w.code, o.cohort, w.month, w.format,
               w.num AS whole_num, w.denom AS whole_denom, w.result AS whole_result, w.shown AS whole_shown,
               o.num AS others_num, o.denom AS others_denom, o.result AS others_result, o.shown AS others_shown,
               w.num - o.num AS left_out_num, w.denom - o.denom AS left_out_denom,
               ten_thousandths(w.top) * ten_thousandths(o.bottom)
                   - ten_thousandths(o.top) * ten_thousandths(w.bottom) AS gap_top,
               ten_thousandths(w.bottom) * ten_thousandths(o.bottom) AS gap_bottom
        FROM figures_as_at(as_at) AS w
        JOIN figures_as_at(as_at) AS o ON o.unit = w.unit AND o.code = w.code AND o.month = w.month
        WHERE w.unit = for_unit AND list_contains(for_codes, w.code) AND w.month = month_start(for_month)
          AND w.cohort = 'all' AND o.cohort = for_cohort AND w.format <> 'count'
          AND w.status = 'available' AND o.status = 'available'
    )
    SELECT unit, code, cohort, month, format,
           round_fraction(gap_top, gap_bottom, 10) AS gap,
           round_fraction(gap_top, gap_bottom, display_places(format)) AS gap_shown,
           rounded(left_out_denom, whole_denom, 10) AS share,
           rounded(100 * left_out_denom, whole_denom, 1) AS share_shown,
           left_out_num, left_out_denom, own_value(format, left_out_num, left_out_denom) AS left_out_result,
           shown(result_top(format, left_out_num), result_bottom(format, left_out_denom), format)
               AS left_out_shown,
           others_num, others_denom, others_result, others_shown,
           whole_num, whole_denom, whole_result, whole_shown
    FROM paired JOIN (SELECT code, position FROM indicators_in(for_month)) USING (code)
    ORDER BY position;

-- rate_and_mix('kent', '17', '2016-08') : all_rate_and_mix of one indicator.
CREATE MACRO rate_and_mix(for_unit, for_code, for_month, for_cohort := 'excluding_uasc', as_at := NULL) AS TABLE
    FROM all_rate_and_mix(for_unit, [code_text(for_code)], for_month, for_cohort := for_cohort, as_at := as_at)
    WHERE known_or_error(for_unit, for_code, for_cohort, for_month, as_at);
