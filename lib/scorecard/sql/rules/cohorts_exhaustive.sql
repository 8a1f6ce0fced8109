-- Whether groups add up to all children is one answer for a dimension: yes or no.
SELECT file, row, 'exhaustive' AS "column", '`' || coalesce(exhaustive, '') || '` is neither yes nor no.' AS problem,
       'Write yes where every child is in one group of the dimension, else no.' AS remedy
FROM staged_cohorts WHERE file <> '' AND coalesce(exhaustive, '') NOT IN ('yes', 'no')
UNION ALL
SELECT file, row, 'exhaustive', 'the other groups of ' || dimension || ' have `' || first || '`.',
       'Write the same for each group of a dimension.'
FROM (
    SELECT *, first_value(exhaustive) OVER (PARTITION BY dimension ORDER BY row) AS first
    FROM staged_cohorts WHERE file <> '' AND exhaustive IN ('yes', 'no')
) WHERE exhaustive <> first
