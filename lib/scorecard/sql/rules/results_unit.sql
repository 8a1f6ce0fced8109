-- A result belongs to a unit of units.csv.
SELECT file, row, 'unit' AS "column", 'unknown unit `' || coalesce(unit, '') || '`.' AS problem,
       did_you_mean(coalesce(unit, ''), (SELECT list(unit) FROM staged_units))
           || put_back(file, unit, 'units.csv', how_to_end := 'give it a last_month') AS remedy
FROM staged_results
WHERE unit IS NULL OR unit NOT IN (SELECT unit FROM staged_units WHERE unit IS NOT NULL)
