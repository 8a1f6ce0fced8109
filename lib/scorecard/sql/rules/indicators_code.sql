-- A code is what joins the files; it names commentary files and anchors, so it is one plain word.
SELECT file, row, 'code' AS "column",
       'the code `' || coalesce(code, '') || '` is not made of letters, digits, dots, hyphens and underscores.' AS problem,
       'Write it as `17`, `B3` or `cp-plans` are written.' AS remedy
FROM staged_indicators WHERE code IS NULL OR NOT is_code(code)
