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
-- shows as 13.0%, which would be Red, so it takes two. At most four.
CREATE MACRO telling_places(polarity, format, top, bottom, target, floor_standard, green_within,
                            amber_within) AS
    coalesce(
        list_filter(
            range(display_places(format), 5),
            lambda p: rating(polarity, CAST(shown(top, bottom, p) AS DECIMAL(24, 4)),
                             CAST(1 AS DECIMAL(24, 4)), target, floor_standard,
                             green_within, amber_within)
                = rating(polarity, top, bottom, target, floor_standard, green_within, amber_within)
        )[1],
        CASE WHEN top IS NULL THEN display_places(format) ELSE 4 END
    );
