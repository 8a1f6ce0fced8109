-- Where one group of an exhaustive dimension has a result, each has: 0 where it has nobody.
WITH known AS (
    SELECT dimension, list(cohort ORDER BY row) AS groups
    FROM staged_cohorts WHERE exhaustive = 'yes' GROUP BY dimension
),
reported AS (
    SELECT r.month, r.unit, r.code, c.dimension, list(r.cohort) AS groups,
           min({'file': r.file, 'row': r.row}) AS first
    FROM staged_results AS r JOIN staged_cohorts AS c ON c.cohort = r.cohort
    WHERE c.exhaustive = 'yes' GROUP BY ALL
)
SELECT r.first.file AS file, r.first.row AS row, 'cohort' AS "column",
       'the groups of ' || dimension || ' add up to all children, but unit `' || r.unit || '`, indicator `' || r.code
           || '` has no result of `'
           || array_to_string(list_filter(k.groups, lambda g: NOT list_contains(r.groups, g)), '`, `') || '`.' AS problem,
       'Add the rows, with 0 where the group has nobody.' AS remedy
FROM reported AS r JOIN known AS k USING (dimension)
WHERE len(list_distinct(r.groups)) < len(k.groups)
