-- A floor is on the worse side of its target (or on it), and Amber reaches at least as far as Green.
SELECT t.file, t.row, CASE WHEN i.polarity = 'T' THEN 'amber_within' ELSE 'floor' END AS "column",
       CASE i.polarity
           WHEN 'H' THEN 'the floor ' || t.floor || ' is above the target ' || t.target || ', though higher is better.'
           WHEN 'L' THEN 'the floor ' || t.floor || ' is below the target ' || t.target || ', though lower is better.'
           ELSE 'Amber ends ' || t.amber_within || ' from the target, nearer than Green at ' || t.green_within || '.'
       END AS problem,
       'Check both figures and the polarity in indicators.csv.' AS remedy
FROM staged_targets AS t JOIN staged_indicators AS i ON i.code = t.code
WHERE (i.polarity = 'H' AND figure(t.floor) > figure(t.target))
   OR (i.polarity = 'L' AND figure(t.floor) < figure(t.target))
   OR (i.polarity = 'T' AND figure(t.amber_within) < figure(t.green_within))
