-- direction(…) → 'better' | 'worse' | 'same' on exact results, or NULL when either is missing.
-- The arrow means performance, not the number: higher is better for H, lower for L, nearer the
-- target for T. Both months of a T indicator are held against the reporting month's target, or a
-- changed target would pass for a change in performance.
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

CREATE MACRO better_worse_same(now, earlier) AS
    CASE WHEN now > earlier THEN 'better' WHEN now < earlier THEN 'worse'
         WHEN now = earlier THEN 'same' END;
