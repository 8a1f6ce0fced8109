-- Read targets CSV: what each cell says; a line that is not a row of the table is an error. The column of
-- rationales may be left out.
INSERT INTO staged_targets
WITH whole AS (
    FROM csv_rows($paths, $files, $above, $columns, $longest, $skip, $spaces)
    UNION ALL BY NAME
    SELECT NULL::VARCHAR AS rationale WHERE false
)
SELECT file, row, code, as_month(valid_from), target, floor, green_within, amber_within, note, rationale
FROM whole;
