-- The groups of an exhaustive dimension add up to all children, numerator and denominator. Where one has no
-- result, results_groups_missing says so.
WITH known AS (
    SELECT dimension, count(*) AS groups FROM staged_cohorts WHERE exhaustive = 'yes' GROUP BY dimension
),
summed AS (
    SELECT r.month, r.unit, r.code, c.dimension, sum(figure(r.num)) AS num, sum(figure(r.denom)) AS denom,
           min({'file': r.file, 'row': r.row}) AS first, count(DISTINCT r.cohort) AS groups
    FROM staged_results AS r JOIN staged_cohorts AS c ON c.cohort = r.cohort
    WHERE c.exhaustive = 'yes' GROUP BY ALL
    HAVING count(stated(r.num)) = 0
)
SELECT s.first.file AS file, s.first.row AS row, p.place AS "column",
       'the ' || p.word || 's of the groups of ' || s.dimension || ' add up to '
           || rtrim(rtrim(CAST(p.parts AS VARCHAR), '0'), '.') || ', but that of all is ' || p.whole || ' ('
           || place_of(a.file, a.row, s.first.file) || ').' AS problem,
       'Correct the figures, or write no under exhaustive in cohorts.csv if a child may be in no group.' AS remedy
FROM summed AS s
JOIN known AS k ON k.dimension = s.dimension AND k.groups = s.groups
JOIN staged_results AS a
    ON a.month = s.month AND a.unit = s.unit AND a.code = s.code AND a.cohort = 'all',
LATERAL (VALUES ('num', 'numerator', s.num, a.num), ('denom', 'denominator', s.denom, a.denom))
    AS p (place, word, parts, whole)
WHERE p.parts <> figure(p.whole) AND NOT is_finished(a.denom)
