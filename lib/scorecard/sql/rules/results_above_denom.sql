-- A percentage counts part of a whole.
SELECT r.file, r.row, 'num' AS "column",
       'the numerator ' || r.num || ' is above the denominator ' || r.denom || ', and `' || r.code || '` is a percentage.' AS problem,
       'Check both figures at their source.' AS remedy
FROM staged_results AS r JOIN staged_indicators AS i ON i.code = r.code
WHERE i.format = 'percent' AND figure(r.num) > figure(r.denom)
