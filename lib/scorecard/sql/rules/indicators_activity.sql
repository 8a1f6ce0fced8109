-- An activity measure (no polarity) is a count, in hand at the month's end (SS) or in the month (M).
SELECT file, row, place AS "column",
       'an activity measure (no polarity) has the ' || place || ' `' || value || '`.' AS problem,
       'Write ' || allowed || ', or give the indicator a polarity.' AS remedy
FROM (
    SELECT file, row, polarity, 'data_period' AS place, data_period AS value, 'SS or M' AS allowed
    FROM staged_indicators WHERE list_contains(data_periods(), data_period) AND NOT is_for_activity(data_period)
    UNION ALL
    SELECT file, row, polarity, 'format', format, 'count'
    FROM staged_indicators WHERE list_contains(formats(), format) AND format <> 'count'
) WHERE polarity IS NULL
