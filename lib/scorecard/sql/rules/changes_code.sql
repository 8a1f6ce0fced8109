-- A change belongs to an indicator or an activity measure of the catalogue.
SELECT file, row, 'code' AS "column", 'there is no indicator `' || coalesce(code, '') || '`.' AS problem,
       did_you_mean(coalesce(code, ''), (SELECT list(code) FROM staged_indicators)) AS remedy
FROM staged_changes WHERE code IS NULL OR code NOT IN (SELECT code FROM staged_indicators)
