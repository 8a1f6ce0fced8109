-- Read provenance CSV: what each cell says; a line that is no row of the table is an error. The columns
-- of phrases may be left out.
INSERT INTO staged_provenance
WITH whole AS (
    FROM csv_rows($path, $columns, $longest, $skip)
    UNION ALL BY NAME
    SELECT NULL::VARCHAR AS phrase_one, NULL::VARCHAR AS phrase_many WHERE false
)
SELECT $file, row, cell_text(provenance, $spaces), cell_text(marker, $spaces),
    cell_text(count_marker, $spaces), cell_text(footnote, $spaces), cell_text(phrase_one, $spaces),
    cell_text(phrase_many, $spaces)
FROM whole;
