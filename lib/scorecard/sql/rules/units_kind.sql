-- A unit is of one of four kinds.
SELECT file, row, 'kind' AS "column", 'kind `' || coalesce(kind, '') || '` is not known.' AS problem,
       'Write county, area, service or team.' AS remedy
FROM staged_units
WHERE coalesce(kind, '') NOT IN ('county', 'area', 'service', 'team')
