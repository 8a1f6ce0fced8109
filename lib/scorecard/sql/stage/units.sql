-- Read units CSV: what each cell says; a line that is no row of the table is an error. The columns of
-- months may be left out.
INSERT INTO staged_units
WITH read AS (
    SELECT row_number() OVER () + 1 AS row, *
    FROM read_csv(
        $path, header = true, auto_detect = false, columns = $columns, delim = ',', quote = '"',
        escape = '"', strict_mode = true, max_line_size = $longest, skip = $skip
    )
),
whole AS (
    FROM read
    UNION ALL BY NAME
    SELECT NULL::VARCHAR AS first_month, NULL::VARCHAR AS last_month WHERE false
)
SELECT $file, row, cell_text(unit, $spaces), cell_text(name, $spaces), cell_text(kind, $spaces),
    cell_text(parent, $spaces), as_month(cell_text(first_month, $spaces)),
    as_month(cell_text(last_month, $spaces))
FROM whole;
