-- rating(…) → 'green' | 'amber' | 'red' | 'not-rated', or NULL when there is no result.
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

-- places_needed(polarity, format, top, bottom, rated, …) → the fewest decimals at which the displayed
-- figure earns `rated`, the rating of the exact result: 12.983% shows as 13.0%, which would be Red, so it
-- takes two. At most ten, which are enough for denominators of up to a million. Nearly every result takes
-- the usual number, so that is tried before the others.
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

-- earns([12.983, 13.0], …) → the rating that each displayed figure of a list would have.
CREATE MACRO earns(figures, polarity, target, floor_standard, green_within, amber_within) AS
    [rating(polarity, x, CAST(1 AS DECIMAL(24, 4)), target, floor_standard, green_within, amber_within)
     FOR x IN figures];

-- short_by(format, num, denom, threshold) → how much the numerator would have to grow for the result to be
-- exactly on the threshold, in ten-billionths of a case; negative where it is above. Exact.
CREATE MACRO short_by(format, num, denom, threshold) AS
    CASE
        WHEN is_percentage(format) THEN ten_thousandths(threshold) * ten_thousandths(denom) - ten_thousandths(num) * 1000000
        WHEN format = 'count' THEN (ten_thousandths(threshold) - ten_thousandths(num)) * 1000000
        ELSE (ten_thousandths(threshold) * ten_thousandths(denom) - ten_thousandths(num) * 10000) * 100
    END;

-- whole_cases(short) → the fewest whole cases that fill what is `short`, in ten-billionths of a case; 0 where
-- nothing is short, and for NULL, which `greatest` passes over.
CREATE MACRO whole_cases(short) AS greatest(0, (short + 9999999999) // 10000000000);

-- fewest_cases(way, format, num, denom, threshold, beyond) → as cases_to, whether there are so many cases
-- or not. Each argument is written once, for DuckDB plans what it is given again wherever it is written.
CREATE MACRO fewest_cases(way, format, num, denom, threshold, beyond) AS
    whole_cases(way * short_by(format, num, denom, threshold) + CASE WHEN beyond THEN 1 ELSE 0 END);

-- cases_to(way, format, num, denom, threshold, beyond) → the least whole number of cases by which the
-- numerator of a percentage or a count would have to grow (way = 1) or shrink (way = -1), the denominator
-- being what it is, for the result to be on the threshold or past it; with beyond := true past it, since
-- exactly on it is not enough. 0 where it is there already; NULL where no number of cases would do,
-- for averages, and without a way, a result or a threshold.
CREATE MACRO cases_to(way, format, num, denom, threshold, beyond) AS
    CASE WHEN num IS NOT NULL AND way IS NOT NULL AND threshold IS NOT NULL
          AND format IN ('percent', 'count') AND (format = 'count' OR denom <> 0)
         THEN list_filter([fewest_cases(way, format, num, denom, threshold, beyond)],
                          lambda cases: CASE WHEN way = -1 THEN cases <= num
                                             ELSE format = 'count' OR cases <= denom - num END)[1] END;

-- way_of(polarity) → 1 where more cases make a result better (H), -1 where fewer do (L), NULL for T.
CREATE MACRO way_of(polarity) AS CASE polarity WHEN 'H' THEN 1 WHEN 'L' THEN -1 END;

-- cases_to_target(…) → so many more (H) or fewer (L) cases, and the target would have been met: see
-- cases_to. NULL for T.
CREATE MACRO cases_to_target(polarity, format, num, denom, target) AS
    cases_to(way_of(polarity), format, num, denom, target, false);

-- cases_to_floor(…) → so many more (H) or fewer (L) cases, and the result would not have been Red. On the
-- floor is Amber for H and Red for L.
CREATE MACRO cases_to_floor(polarity, format, num, denom, floor_standard) AS
    cases_to(way_of(polarity), format, num, denom, floor_standard, polarity = 'L');

-- cases_to_red(…) → so many fewer (H) or more (L) cases, and the result would have been Red.
CREATE MACRO cases_to_red(polarity, format, num, denom, floor_standard) AS
    cases_to(-way_of(polarity), format, num, denom, floor_standard, polarity = 'H');
