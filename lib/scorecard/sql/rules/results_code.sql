-- A result belongs to an indicator of indicators.csv. What is stored was loaded when its indicator was there.
SELECT file, row, 'code' AS "column", 'unknown indicator `' || coalesce(code, '') || '`.' AS problem,
       did_you_mean(coalesce(code, ''), (SELECT list(code) FROM staged_indicators))
           || CASE WHEN file LIKE 'data/results/%' AND code IS NOT NULL
                   THEN ' If its row was taken out of indicators.csv, put it back, and retire it in changes.csv.'
                   ELSE '' END AS remedy
FROM staged_results
WHERE code IS NULL OR code NOT IN (SELECT code FROM staged_indicators WHERE code IS NOT NULL)
