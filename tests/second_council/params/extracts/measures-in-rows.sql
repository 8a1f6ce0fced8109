-- One row a measure, named as in indicators.csv, and one column an area. The month is that of --month.
-- A measure that no indicator is called has no code, which is a fault.
SELECT row, $month AS month, area AS unit, code, 'all' AS cohort, num, NULL AS denom,
       'supplied' AS provenance
FROM (UNPIVOT sheet ON COLUMNS(' Fen$') INTO NAME area VALUE num) AS cells
LEFT JOIN indicators ON indicators.name = cells.Measure
