-- A unit's slug is its name in files and addresses.
SELECT file, row, 'unit' AS "column",
       'the slug `' || coalesce(unit, '') || '` is not made of small letters, digits and hyphens.' AS problem,
       'Write it as `north-kent` is written.' AS remedy
FROM staged_units WHERE unit IS NULL OR NOT is_slug(unit)
