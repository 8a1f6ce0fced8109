-- A list of placements, one row each, joined to a list of teams (--with teams=teams.csv). Counted are the
-- children looked after on the last day of --month, and those of them with three or more placements in the
-- twelve months up to that day: for each team, its area and the county, with and without UASC.
-- Of the list nothing is kept but these counts.
WITH days AS (
    SELECT last_day(CAST($month || '-01' AS DATE)) AS last,
           CAST($month || '-01' AS DATE) - INTERVAL 11 MONTHS AS first
),
placements AS (
    SELECT "Child ID" AS child, "Team code" AS team_code, UASC = 'Y' AS uasc,
           strptime(Started, '%d/%m/%Y') AS started, strptime(Ended, '%d/%m/%Y') AS ended
    FROM sheet
),
-- Who is looked after on the last day, and the team of that day.
children AS (
    SELECT child, team_code, uasc
    FROM placements, days WHERE started <= last AND (ended IS NULL OR ended > last)
),
moves AS (
    SELECT child, count(*) AS placements
    FROM placements, days WHERE started <= last AND (ended IS NULL OR ended >= first) GROUP BY child
),
counted AS (
    SELECT teams.unit AS team, area.unit AS area, county.unit AS county, uasc, placements >= 3 AS moved
    FROM children JOIN moves USING (child)
    LEFT JOIN teams ON teams.code = children.team_code
    LEFT JOIN units AS team ON team.unit = teams.unit
    LEFT JOIN units AS area ON area.unit = team.parent
    LEFT JOIN units AS county ON county.unit = area.parent
),
-- Each child counts in three units, and in the cohort `excluding_uasc` only if it is no UASC.
each_unit AS (
    SELECT unnest([team, area, county]) AS unit, uasc, moved FROM counted
),
each_cohort AS (
    SELECT unnest(CASE WHEN uasc THEN ['all'] ELSE ['all', 'excluding_uasc'] END) AS cohort, unit, moved
    FROM each_unit
)
SELECT $month AS month, unit, 'b2' AS code, cohort, count(*) FILTER (moved) AS num, count(*) AS denom,
       'supplied' AS provenance
FROM each_cohort
GROUP BY unit, cohort
ORDER BY ALL
