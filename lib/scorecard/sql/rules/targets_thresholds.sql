-- H and L need a floor, T needs both distances; without them nothing separates Amber from Red.
SELECT t.file, t.row, c.place AS "column",
       'indicator `' || t.code || '` has polarity ' || i.polarity || ' and needs ' || c.what || '.' AS problem,
       'Write one, or delete the row so that the indicator is not rated.' AS remedy
FROM staged_targets AS t JOIN staged_indicators AS i ON i.code = t.code,
LATERAL (VALUES ('floor', t.floor, i.polarity IN ('H', 'L'), 'a floor standard'),
                ('green_within', t.green_within, i.polarity = 'T', 'the distance that is still Green'),
                ('amber_within', t.amber_within, i.polarity = 'T', 'the distance that is still Amber')
) AS c (place, value, needed, what)
WHERE c.needed AND c.value IS NULL
