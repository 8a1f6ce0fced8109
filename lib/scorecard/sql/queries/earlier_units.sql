-- The units of the months that the pages of $month show, where they differ from those in `units`: what each was then
-- and where it belonged.
--   month    months counted from the year 0
SELECT month_number(m.month) AS month, s.unit, s.name, s.kind, s.parent
FROM (
    SELECT CAST(unnest(generate_series(page_opens(month_start($month)), month_start($month), INTERVAL 1 MONTH))
                AS DATE) AS month
) AS m
JOIN unit_spells AS s ON m.month BETWEEN s.first_month AND s.last_month
ANTI JOIN units AS u ON u.unit = s.unit AND u.position = s.position;
