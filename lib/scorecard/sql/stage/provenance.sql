-- Read provenance CSV: what each cell says; a line that is not a row of the table is an error. The columns
-- of phrases may be left out.
INSERT INTO staged_provenance
WITH whole AS (
    FROM csv_rows($paths, $files, $above, $columns, $longest, $skip, $spaces)
    UNION ALL BY NAME
    SELECT NULL::VARCHAR AS phrase_one, NULL::VARCHAR AS phrase_many WHERE false
)
SELECT file, row, provenance, marker, count_marker, footnote, phrase_one, phrase_many
FROM whole;
