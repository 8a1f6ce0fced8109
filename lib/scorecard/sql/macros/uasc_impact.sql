-- uasc_impacts(units, month, as_at) : for each unit, the indicators that are also supplied without
-- unaccompanied asylum-seeking children (UASC): both results, both ratings, and the variance.
--
--   variance         excluding − including on the exact results, rounded for display
--   variance_sign    1, 0 or −1 of the exact difference: one that rounds to zero keeps its sign
--   excluding_direction   whether leaving UASC out is 'better', 'worse' or the 'same'
--   provenance, revised   of the variance, which rests on both results; each has its own too
CREATE MACRO uasc_impacts(for_units, for_month, as_at := NULL) AS TABLE
    WITH rated AS (
        FROM figures_as_at(as_at)
        WHERE list_contains(for_units, unit) AND month = month_start(for_month)
    ),
    paired AS (
        SELECT i.*, e.num AS excluding_num, e.denom AS excluding_denom,
               e.top AS excluding_top, e.bottom AS excluding_bottom,
               e.result AS excluding_result, e.shown AS excluding_shown,
               e.rating AS excluding_rating, e.status AS excluding_status,
               e.provenance AS excluding_provenance, e.revised AS excluding_revised,
               e.places AS excluding_places, e.precise AS excluding_precise, e.near_threshold AS excluding_near_threshold,
               ten_thousandths(e.top) * ten_thousandths(i.bottom)
                   - ten_thousandths(i.top) * ten_thousandths(e.bottom) AS difference_top,
               ten_thousandths(i.bottom) * ten_thousandths(e.bottom) AS difference_bottom
        FROM rated AS i
        JOIN rated AS e ON e.unit = i.unit AND e.code = i.code
        WHERE i.cohort = 'all' AND e.cohort = 'excluding_uasc'
    )
    SELECT p.unit, u.name AS unit_name, u.kind AS unit_kind, u.position AS unit_position,
           p.code, c.position, c.section, c.name, c.polarity, c.data_period, p.format,
           s.num_places, s.denom_places, p.num AS including_num, p.denom AS including_denom, p.result AS including_result,
           p.shown AS including_shown, p.rating AS including_rating, p.status AS including_status,
           p.places AS including_places, p.precise AS including_precise, p.near_threshold AS including_near_threshold,
           p.target, p.floor_standard, p.green_within, p.amber_within, p.target_note,
           p.excluding_num, p.excluding_denom, p.excluding_result, p.excluding_shown,
           p.excluding_rating, p.excluding_status, p.excluding_places, p.excluding_precise,
           p.excluding_near_threshold,
           round_fraction(p.difference_top, p.difference_bottom, display_places(p.format))
               AS variance,
           sign(p.difference_top) AS variance_sign,
           direction(c.polarity, p.target, p.excluding_top, p.excluding_bottom, p.top, p.bottom)
               AS excluding_direction,
           p.provenance AS including_provenance, p.revised AS including_revised,
           p.excluding_provenance, p.excluding_revised,
           list_sort(list_distinct(list_concat(coalesce(p.provenance, []),
               coalesce(p.excluding_provenance, [])))) AS provenance,
           p.revised OR p.excluding_revised AS revised
    FROM paired AS p
    JOIN units AS u ON u.unit = p.unit
    JOIN indicators AS c ON c.code = p.code
    LEFT JOIN places_as_at(for_month, as_at := as_at) AS s ON s.code = p.code
    ORDER BY u.position, c.position;

-- uasc_impact('kent', '2016-08') : the same for one unit.
CREATE MACRO uasc_impact(for_unit, for_month, as_at := NULL) AS TABLE
    FROM uasc_impacts([for_unit], for_month, as_at := as_at);
