-- What a rule finds, one row for faults that are alike: `row` is the first row and `rows` counts them. A row of a wide
-- extract also holds the number of a measure (place_of in schema.sql), which says in which column a
-- figure is; month and unit are in one column for all measures of a row.
-- Of the distinct faults of a file the first $kept are listed, the others only counted: row is NULL.
WITH found AS (
    SELECT file, "column", problem, remedy, row % 4294967296 AS line, row // 4294967296 AS measure,
           CASE WHEN "column" NOT IN ('month', 'unit') THEN measure END AS place
    FROM query($rule)
    WHERE NOT list_contains($unreadable, file)
),
alike AS (
    SELECT file, min(measure) * 4294967296 + min(line) AS row, "column", problem, remedy,
           count(DISTINCT line) AS rows,
           row_number() OVER (PARTITION BY file ORDER BY min(line), "column", problem) AS number
    FROM found
    GROUP BY file, "column", place, problem, remedy
)
SELECT file, row, "column", problem, remedy, rows FROM alike WHERE number <= $kept
UNION ALL
SELECT file, NULL, NULL, NULL, NULL, sum(rows) FROM alike WHERE number > $kept GROUP BY file
