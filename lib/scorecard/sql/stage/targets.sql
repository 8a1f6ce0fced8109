-- Read targets CSV: what each cell says; a line that is not a row of the table is an error. The column of
-- rationales may be left out.
INSERT INTO staged_targets BY NAME
WITH whole AS (
    FROM csv_rows($paths, $files, $above, $columns, $longest, $skip, $spaces)
    UNION ALL BY NAME
    SELECT NULL::VARCHAR AS rationale WHERE false
)
SELECT * REPLACE (as_month(valid_from) AS valid_from)
FROM whole;
