-- One row a month, area and measure.
SELECT row, Month AS month, Area AS unit, code, 'all' AS cohort, Value AS num, NULL AS denom,
       'supplied' AS provenance
FROM sheet LEFT JOIN indicators ON indicators.name = sheet.Measure
