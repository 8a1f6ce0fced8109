-- An indicator has a name and a section.
SELECT file, row, place AS "column", 'indicator `' || coalesce(code, '') || '` has no ' || place || '.' AS problem,
       'Write one.' AS remedy
FROM (
    SELECT file, row, code, 'name' AS place FROM staged_indicators WHERE name IS NULL
    UNION ALL
    SELECT file, row, code, 'section' FROM staged_indicators WHERE section IS NULL
)
