-- Read changes CSV: what each cell says; a line that is not a row of the table is an error. The columns of what
-- was counted anew and of what replaces an indicator may be left out.
INSERT INTO staged_changes
WITH whole AS (
    FROM csv_rows($paths, $files, $above, $columns, $longest, $skip, $spaces)
    UNION ALL BY NAME
    SELECT NULL::VARCHAR AS recounted, NULL::VARCHAR AS replaced_by WHERE false
)
SELECT file, row, code, as_month(month), change, reason, recounted, replaced_by
FROM whole;
