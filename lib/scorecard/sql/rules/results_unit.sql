-- A result belongs to a unit of units.csv. What is stored was loaded when its unit was there.
SELECT file, row, 'unit' AS "column", 'unknown unit `' || coalesce(unit, '') || '`.' AS problem,
       did_you_mean(coalesce(unit, ''), (SELECT list(unit) FROM staged_units))
           || CASE WHEN file LIKE 'data/results/%' AND unit IS NOT NULL
                   THEN ' If its row was taken out of units.csv, put it back, and give it a last_month.'
                   ELSE '' END AS remedy
FROM staged_results
WHERE unit IS NULL OR unit NOT IN (SELECT unit FROM staged_units WHERE unit IS NOT NULL)
