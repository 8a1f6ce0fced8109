-- Read provenance CSV: what each cell says; a line that is no row of the table is an error. The columns
-- of phrases may be left out.
INSERT INTO staged_provenance
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
    SELECT NULL::VARCHAR AS phrase_one, NULL::VARCHAR AS phrase_many WHERE false
)
SELECT $file, row, cell_text(provenance, $spaces), cell_text(marker, $spaces),
    cell_text(count_marker, $spaces), cell_text(footnote, $spaces), cell_text(phrase_one, $spaces),
    cell_text(phrase_many, $spaces)
FROM whole;
