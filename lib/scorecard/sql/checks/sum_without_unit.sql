-- title: Sums that leave out a unit
-- group: completeness
-- grade: look
-- structural: information
-- rank: 31
-- remedy: Nothing, if the unit has no such cases. Otherwise ask for its rows: write 0 of 0 where nothing
--   fell due, and from then on a month without them has no sum.
--
-- A unit right below one that is added up. Neither it nor a unit below it has ever had a result of the indicator.
-- (If one had, there is no sum without it, unless its row says not applicable, which adds nothing; such a unit is
-- not named.) Lasting where last month's sum left it out too.
WITH RECURSIVE sums AS (
    SELECT unit, unit_name, code, name, month, estimated FROM recent
    WHERE added_up AND cohort = 'all' AND month IN (getvariable('last_month'), getvariable('this_month'))
),
-- What has a row, or has a unit below it that does.
rows AS (
    SELECT unit, code, month FROM (
        FROM recent SELECT unit, code, month UNION FROM stated_results SELECT unit, code, month)
    SEMI JOIN sums USING (code, month)
    UNION
    SELECT u.parent, r.code, r.month
    FROM rows AS r
    JOIN unit_spells AS u ON u.unit = r.unit AND r.month BETWEEN u.first_month AND u.last_month
    WHERE u.parent IS NOT NULL
),
without AS (
    SELECT s.unit, s.unit_name, s.code, s.name, s.month, s.estimated, u.name AS part, u.position
    FROM sums AS s
    JOIN unit_spells AS u ON u.parent = s.unit AND s.month BETWEEN u.first_month AND u.last_month
    ANTI JOIN rows AS r ON r.unit = u.unit AND r.code = s.code AND r.month = s.month
)
SELECT this.unit, this.code,
       this.unit_name || ', ' || this.name || ': the sum is without ' || listed(list(this.part ORDER BY this.position))
       || CASE WHEN count(*) = 1 THEN ', which has' ELSE ', which have' END || ' never had a result of it.' AS says,
       CASE WHEN count(last.part) = count(*) THEN 'every month' WHEN any_value(b.unit) IS NOT NULL THEN 'new' END
           AS lasting,
       any_value(this.estimated) AS estimated, count(*) AS weight
FROM without AS this
LEFT JOIN without AS last
    ON last.unit = this.unit AND last.code = this.code AND last.part = this.part
    AND last.month = getvariable('last_month')
LEFT JOIN sums AS b
    ON b.unit = this.unit AND b.code = this.code AND b.month = getvariable('last_month')
WHERE this.month = getvariable('this_month')
GROUP BY this.unit, this.unit_name, this.code, this.name
