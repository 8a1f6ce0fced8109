-- A code is what joins the files; it names commentary files and anchors, so it is a plain slug.
SELECT file, row, 'code' AS "column",
       'the code `' || coalesce(code, '') || '` is not made of small letters, digits and hyphens.' AS problem,
       'Write it as `17` or `cp-plans` are written.' AS remedy
FROM staged_indicators WHERE code IS NULL OR NOT is_slug(code)
