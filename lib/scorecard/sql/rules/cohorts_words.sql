-- A group has a dimension and a name, and no two of a dimension look alike.
SELECT s.file, s.row, c.place AS "column", 'the ' || c.place || ' is missing.' AS problem, c.remedy AS remedy
FROM staged_cohorts AS s,
LATERAL (VALUES ('dimension', s.dimension, 'Write what the groups divide children by, as age.'),
                ('name', s.name, 'Write how a page names the group, as 5 to 9.')) AS c (place, value, remedy)
WHERE s.file <> '' AND c.value IS NULL
UNION ALL
SELECT file, row, 'name', 'another group of ' || dimension || ' is called ' || name || ' too.',
       'Give one of the two another name.'
FROM staged_cohorts WHERE file <> '' AND name IS NOT NULL AND dimension IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY alike(dimension), alike(name) ORDER BY row) > 1
UNION ALL
SELECT file, row, 'dimension', '`' || dimension || '` is written `' || first || '` above.', 'Write both alike.'
FROM (
    SELECT *, first_value(dimension) OVER (PARTITION BY alike(dimension) ORDER BY row) AS first
    FROM staged_cohorts WHERE file <> ''
) WHERE dimension <> first
