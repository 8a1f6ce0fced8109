-- A percentage counts part of a whole, unless the catalogue allows it to be above 100.
SELECT r.file, r.row, 'num' AS "column",
       'the numerator ' || r.num || ' is above the denominator ' || r.denom || ', and `' || r.code || '` is a percentage.' AS problem,
       'Check both figures at their source, or write yes under above_100 in indicators.csv.' AS remedy
FROM staged_results AS r JOIN staged_indicators AS i ON i.code = r.code
WHERE i.format = 'percent' AND coalesce(i.above_100, 'no') <> 'yes' AND figure(r.num) > figure(r.denom)
