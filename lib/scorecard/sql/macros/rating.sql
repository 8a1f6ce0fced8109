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

-- The fewest decimals at which the displayed figure earns the rating of the exact result: 12.983%
-- shows as 13.0%, which would be Red, so it takes two. At most ten, which are enough for denominators
-- of up to a million. Nearly every result takes the usual number, so that is tried before the others.
CREATE MACRO places_needed(polarity, format, top, bottom, target, floor_standard, green_within,
                            amber_within) AS
    CASE WHEN top IS NULL
           OR tells(display_places(format), polarity, top, bottom, target, floor_standard,
                    green_within, amber_within)
         THEN display_places(format)
         ELSE coalesce(
             list_filter(
                 range(display_places(format) + 1, 10),
                 lambda p: tells(p, polarity, top, bottom, target, floor_standard, green_within,
                                 amber_within)
             )[1],
             10)
    END;

-- Whether a result displayed with so many decimals earns the rating of the exact one.
CREATE MACRO tells(decimals, polarity, top, bottom, target, floor_standard, green_within,
                   amber_within) AS
    rating(polarity, rounded(top, bottom, decimals), CAST(1 AS DECIMAL(24, 4)), target,
           floor_standard, green_within, amber_within)
    = rating(polarity, top, bottom, target, floor_standard, green_within, amber_within);

-- How many cases are between the result and its target: so many more (H) or fewer (L) cases of the
-- numerator, the denominator being what it is, and the target would have been met. 0 when it is met;
-- NULL for T, for averages, and without a result or a target. Rounded up to whole cases.
CREATE MACRO cases_to_target(polarity, format, num, denom, target) AS
    CASE
        WHEN polarity NOT IN ('H', 'L') OR format NOT IN ('percent', 'count')
          OR num IS NULL OR target IS NULL THEN NULL
        ELSE greatest(0, ceil_fraction(
            CASE polarity WHEN 'H' THEN 1 ELSE -1 END * (
                ten_thousandths(target) * CASE format WHEN 'percent' THEN ten_thousandths(denom)
                                                      ELSE 1000000 END
                - ten_thousandths(num) * 1000000),
            10000000000))
    END;
