-- The rows of one file in staged_{kind}, numbered as a spreadsheet does: DuckDB passes over blank lines.
-- From row $first on there are $blank of them above.
UPDATE staged_{kind} SET row = b.row + b.blank
FROM (
    SELECT staged.row, above.blank
    FROM staged_{kind} AS staged
    ASOF JOIN (SELECT unnest($first) AS first, unnest($blank) AS blank) AS above ON staged.row >= above.first
    WHERE staged.file = $file
) AS b
WHERE staged_{kind}.file = $file AND staged_{kind}.row = b.row;
