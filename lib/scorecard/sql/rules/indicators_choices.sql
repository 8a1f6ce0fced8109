-- Polarity, data period, format, supply and adding up come from closed lists.
SELECT i.file, i.row, c.place AS "column", c.place || ' `' || coalesce(c.value, '') || '` is not known.' AS problem,
       'Write ' || c.allowed || '.' AS remedy
FROM staged_indicators AS i,
LATERAL (VALUES
    ('polarity', i.polarity, 'H, L or T, or nothing for an activity measure', ['H', 'L', 'T', '']),
    ('data_period', i.data_period, one_of(data_periods()), data_periods()),
    ('format', i.format, one_of(formats()), formats()),
    ('supplied', i.supplied, 'monthly or window', ['monthly', 'window']),
    ('added_up', i.added_up, 'yes, no or nothing', ['yes', 'no', '']),
    ('above_100', i.above_100, 'yes (of a percentage only), no or nothing',
     CASE WHEN i.format = 'percent' THEN ['yes', 'no', ''] ELSE ['no', ''] END)
) AS c (place, value, allowed, choices)
WHERE NOT list_contains(c.choices, coalesce(c.value, ''))
