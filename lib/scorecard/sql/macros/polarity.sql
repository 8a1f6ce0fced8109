-- rating(polarity, top, bottom, target, floor_standard, green_within, amber_within) →
-- 'green' | 'amber' | 'red' | 'not-rated', or NULL when there is no result.
-- Compares the exact fraction top / bottom with the thresholds by cross-multiplication in decimals.
-- The floors are not mirror images: exactly on the floor is Amber for H and Red for L.
CREATE MACRO rating(polarity, top, bottom, target, floor_standard, green_within, amber_within) AS
    CASE
        WHEN top IS NULL OR coalesce(bottom, 0) = 0 THEN NULL
        WHEN target IS NULL OR polarity IS NULL THEN 'not-rated'
        WHEN polarity = 'H' AND top >= target * bottom THEN 'green'
        WHEN polarity = 'H' AND top < floor_standard * bottom THEN 'red'
        WHEN polarity = 'L' AND top <= target * bottom THEN 'green'
        WHEN polarity = 'L' AND top >= floor_standard * bottom THEN 'red'
        WHEN polarity = 'T' AND abs(top - target * bottom) <= green_within * bottom THEN 'green'
        WHEN polarity = 'T' AND abs(top - target * bottom) > amber_within * bottom THEN 'red'
        ELSE 'amber'
    END;

-- earns(figures, polarity, target, floor_standard, green_within, amber_within) → a list: the rating that each of
-- several displayed figures would have.
CREATE MACRO earns(figures, polarity, target, floor_standard, green_within, amber_within) AS
    [rating(polarity, x, CAST(1 AS DECIMAL(24, 4)), target, floor_standard, green_within, amber_within)
     FOR x IN figures];

-- places_needed(polarity, format, top, bottom, rated, target, floor_standard, green_within, amber_within) → the
-- fewest decimals at which the displayed figure earns `rated`, the rating of the exact result: 12.983% shows as
-- 13.0%, which would be Red, so it takes two. At most ten, which are enough for denominators of up to a million.
-- Nearly every result takes the usual number, so that is tried before the others.
CREATE MACRO places_needed(polarity, format, top, bottom, rated, target, floor_standard, green_within,
                            amber_within) AS
    CASE WHEN rated IS NULL
           OR earns([rounded(top, bottom, display_places(format))], polarity, target, floor_standard,
                    green_within, amber_within)[1] = rated
         THEN display_places(format)
         ELSE coalesce(
             display_places(format) + list_position(
                 earns([rounded(top, bottom, p) FOR p IN range(display_places(format) + 1, 10)],
                       polarity, target, floor_standard, green_within, amber_within),
                 rated),
             10)
    END;

-- direction(polarity, target, top, bottom, earlier_top, earlier_bottom) →
-- 'better' | 'worse' | 'same' on exact results, or NULL when either is missing.
-- The arrow means performance, not the number: higher is better for H, lower for L, nearer the
-- target for T. Both months of a T indicator are compared with the reporting month's target: otherwise a
-- changed target would look like a change in performance.
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

-- better_worse_same(now, earlier) → how `now` compares with `earlier`, of two numbers of which more is better.
CREATE MACRO better_worse_same(now, earlier) AS
    CASE WHEN now > earlier THEN 'better' WHEN now < earlier THEN 'worse'
         WHEN now = earlier THEN 'same' END;

-- variation(polarity, side, target, value, moved_from) → what a signal means: 'improvement' | 'concern' by
-- polarity, 'high' | 'low' without. Of a T indicator: improvement where the value is nearer the target
-- than what it moved away from (the mean, for a trend the first of its seven values), concern where it is
-- farther; 'high' | 'low' where it is as far, or there is no target.
CREATE MACRO variation(polarity, side, target, value, moved_from) AS
    CASE
        WHEN polarity = 'H' AND side = 1 OR polarity = 'L' AND side = -1 THEN 'improvement'
        WHEN polarity IN ('H', 'L') THEN 'concern'
        WHEN polarity = 'T' AND abs(value - target) < abs(moved_from - target) THEN 'improvement'
        WHEN polarity = 'T' AND abs(value - target) > abs(moved_from - target) THEN 'concern'
        WHEN side = 1 THEN 'high'
        ELSE 'low'
    END;

-- assurance(polarity, lower, upper, target) → whether limits say that a month meets its target: 'will-meet' (both
-- limits do), 'will-not-meet' (neither does) or 'may-or-may-not'. NULL for T, and without limits or a target.
CREATE MACRO assurance(polarity, lower, upper, target) AS
    CASE WHEN lower IS NULL OR target IS NULL OR polarity NOT IN ('H', 'L') THEN NULL
         WHEN polarity = 'H' AND lower >= target OR polarity = 'L' AND upper <= target THEN 'will-meet'
         WHEN polarity = 'H' AND upper < target OR polarity = 'L' AND lower > target THEN 'will-not-meet'
         ELSE 'may-or-may-not' END;

-- needed_num(polarity, format, short, is_floor) → the fewest (H) or most (L) whole cases that fill what is `short`
-- (short_by); on the floor is not enough for L. Negative for L where even none are too many; NULL without a
-- threshold.
CREATE MACRO needed_num(polarity, format, short, is_floor) AS
    CASE WHEN short IS NULL THEN NULL
         WHEN polarity = 'H' THEN whole_cases(format, short)
         WHEN polarity = 'L' THEN
             floor_fraction(short - CASE WHEN is_floor THEN 1 ELSE 0 END, parts_of_case(format))
    END;

-- can_be(polarity, format, num, denom) → whether a month of that denominator can have such a numerator, or
-- for L fewer; NULL without one.
CREATE MACRO can_be(polarity, format, num, denom) AS
    CASE WHEN num IS NULL THEN NULL
         WHEN polarity = 'H' THEN NOT is_part_of_whole(format) OR num <= denom
         WHEN polarity = 'L' THEN num >= 0 END;

-- way_of(polarity) → 1 where more cases make a result better (H), -1 where fewer do (L), NULL for T.
CREATE MACRO way_of(polarity) AS CASE polarity WHEN 'H' THEN 1 WHEN 'L' THEN -1 END;

-- cases_to_target(polarity, format, num, denom, target) → how many more (H) or fewer (L) cases would have met the
-- target: see cases_to. NULL for T.
CREATE MACRO cases_to_target(polarity, format, num, denom, target) AS
    cases_to(way_of(polarity), format, num, denom, target, false);

-- cases_to_floor(polarity, format, num, denom, floor_standard) → how many more (H) or fewer (L) cases would have
-- kept the result from being Red. On the floor is Amber for H and Red for L.
CREATE MACRO cases_to_floor(polarity, format, num, denom, floor_standard) AS
    cases_to(way_of(polarity), format, num, denom, floor_standard, polarity = 'L');

-- cases_to_red(polarity, format, num, denom, floor_standard) → how many fewer (H) or more (L) cases would have made the
-- result Red.
CREATE MACRO cases_to_red(polarity, format, num, denom, floor_standard) AS
    cases_to(-way_of(polarity), format, num, denom, floor_standard, polarity = 'H');

-- fraction_text(format, num) → the left side of a comparison with a threshold: '100 × 293 = 29300' for a
-- percentage, the numerator for the rest.
CREATE MACRO fraction_text(format, num) AS
    CASE WHEN factor_of(format) = 1 THEN plain(num)
         ELSE factor_of(format) || ' × ' || plain(num) || ' = ' || plain(factor_of(format) * num) END;

-- threshold_text(format, threshold, denom) → the right side: '13 × 2246 = 29198', of a count '13'.
CREATE MACRO threshold_text(format, threshold, denom) AS
    plain(threshold)
    || CASE format WHEN 'count' THEN '' ELSE ' × ' || plain(denom) || ' = ' || plain(threshold * denom) END;

-- distance_text(format, num, denom, target) → how far a result is from its target, times its denominator:
-- '|100 × 276 − 17.5 × 1275| = 5287.5'.
CREATE MACRO distance_text(format, num, denom, target) AS
    '|' || CASE WHEN factor_of(format) = 1 THEN '' ELSE factor_of(format) || ' × ' END || plain(num) || ' − ' || plain(target)
    || CASE format WHEN 'count' THEN '' ELSE ' × ' || plain(denom) END || '| = '
    || plain(abs(result_top(format, num) - target * result_bottom(format, denom)));

-- sided_text(polarity, format, target, num, denom, other_denom) → one side of a comparison of two results: '293 ×
-- 2248 = 658664', the numerator times the other's denominator; for T its distance from the target, with its own
-- denominator.
CREATE MACRO sided_text(polarity, format, target, num, denom, other_denom) AS
    CASE
        WHEN polarity = 'T' THEN
            distance_text(format, num, denom, target) || CASE format WHEN 'count' THEN '' ELSE ' of ' || plain(denom) END
        WHEN format = 'count' THEN plain(num)
        ELSE plain(num) || ' × ' || plain(other_denom) || ' = ' || plain(num * other_denom)
    END;

-- rating_why(rating, polarity, format, num, denom, target, floor_standard, green_within, amber_within) → the
-- comparison that decided a rating, in exact figures; NULL where nothing was compared.
CREATE MACRO rating_why(rating, polarity, format, num, denom, target, floor_standard, green_within, amber_within) AS
    CASE
        WHEN rating NOT IN ('green', 'amber', 'red') THEN NULL
        WHEN polarity = 'T' THEN
            distance_text(format, num, denom, target)
            || CASE rating WHEN 'green' THEN ' is at or below ' || threshold_text(format, green_within, denom)
                    || ', the Green distance' ELSE ' is above ' END
            || CASE rating WHEN 'amber' THEN threshold_text(format, green_within, denom)
                    || ', the Green distance, and at or below ' ELSE '' END
            || CASE rating WHEN 'green' THEN '' ELSE threshold_text(format, amber_within, denom)
                    || ', the Amber distance' END
        ELSE
            fraction_text(format, num)
            || CASE rating || polarity
                   WHEN 'greenH' THEN ' is at or above ' WHEN 'greenL' THEN ' is at or below '
                   WHEN 'amberH' THEN ' is below ' WHEN 'amberL' THEN ' is above '
                   WHEN 'redH' THEN ' is below ' ELSE ' is at or above ' END
            || CASE rating WHEN 'red' THEN '' ELSE threshold_text(format, target, denom) || ', the target' END
            || CASE rating || polarity WHEN 'amberH' THEN ', and at or above ' WHEN 'amberL' THEN ', and below '
                   ELSE '' END
            || CASE rating WHEN 'green' THEN ''
                   ELSE threshold_text(format, floor_standard, denom) || ', the floor standard' END
    END;

-- direction_why(direction, polarity, format, target, num, denom, earlier_num, earlier_denom) → the comparison that
-- decided a direction of travel, in exact figures, this result before the earlier one; NULL without a direction.
CREATE MACRO direction_why(direction, polarity, format, target, num, denom, earlier_num, earlier_denom) AS
    CASE WHEN direction IS NOT NULL THEN
        sided_text(polarity, format, target, num, denom, earlier_denom)
        || CASE WHEN direction = 'same' THEN ' is the same as '
                WHEN (direction = 'better') = (polarity = 'H') THEN ' is more than ' ELSE ' is less than ' END
        || sided_text(polarity, format, target, earlier_num, earlier_denom, denom)
    END;
