-- A result belongs to an indicator of indicators.csv.
SELECT file, row, 'code' AS "column", 'unknown indicator `' || coalesce(code, '') || '`.' AS problem,
       did_you_mean(coalesce(code, ''), (SELECT list(code) FROM staged_indicators))
           || put_back(file, code, 'indicators.csv', how_to_end := 'retire it in changes.csv') AS remedy
FROM staged_results
WHERE code IS NULL OR code NOT IN (SELECT code FROM staged_indicators WHERE code IS NOT NULL)
