-- title: Figures below a unit whose own figure is not applicable
-- group: reconciliation
-- grade: look
-- rank: 11
-- remedy: Ask which of the two is right. What is not applicable adds nothing to the unit above, so cases that
--   there are would be missing from its sum.
--
-- A unit says `not_applicable` of an indicator of which a unit right below it has cases.
WITH below AS (
    FROM came
    ANTI JOIN (FROM recent WHERE coalesce(nullif(num, 0), denom, 0) = 0) AS nobody USING (unit, code, cohort, month)
    WHERE month = getvariable('this_month')
)
SELECT s.unit, s.code,
       any_value(s.unit_name) || ', ' || any_value(s.name) || ', is not applicable, but '
       || listed(list(b.unit_name ORDER BY u.position))
       || CASE WHEN count(*) = 1 THEN ' has a figure.' ELSE ' have figures.' END AS says,
       bool_and(b.estimated) AS estimated, count(*) AS weight
FROM stated_results AS s
JOIN below AS b ON b.parent = s.unit AND b.code = s.code AND b.cohort = s.cohort
JOIN units AS u ON u.unit = b.unit
WHERE s.month = getvariable('this_month') AND s.status = 'not_applicable'
GROUP BY s.unit, s.code, s.cohort
QUALIFY row_number() OVER (PARTITION BY s.unit, s.code ORDER BY s.cohort <> 'all', s.cohort) = 1
