-- An activity measure (no polarity) is a count, in hand at the month's end (SS) or in the month (M).
SELECT file, row, place AS "column",
       'an activity measure (no polarity) has the ' || place || ' `' || value || '`.' AS problem,
       'Write ' || allowed || ', or give the indicator a polarity.' AS remedy
FROM (
    SELECT file, row, polarity, 'data_period' AS place, data_period AS value, 'SS or M' AS allowed
    FROM staged_indicators WHERE data_period IN ('R12M', 'YTD')
    UNION ALL
    SELECT file, row, polarity, 'format', format, 'count'
    FROM staged_indicators WHERE format IN ('percent', 'ratio', 'days')
) WHERE polarity IS NULL
