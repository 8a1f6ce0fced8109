-- A finished result, without numerator and denominator, is alone in its row. It is of all children: a
-- cohort's result could not be compared with it. It is of a percentage or an average that is not added up from months.
WITH finished AS (
    SELECT r.*, i.format, i.data_period, i.supplied, i.above_100
    FROM staged_results AS r JOIN staged_indicators AS i ON i.code = r.code
    WHERE is_finished(r.denom) AND is_figure(r.num)
)
SELECT file, row, 'result' AS "column",
       CASE WHEN stated(said[1]) IS NOT NULL
            THEN 'the finished result ' || said[2] || ' is beside the status ' || said[1] || '.'
            WHEN said[1] <> '' THEN 'the finished result ' || said[2] || ' is beside ' || said[1] || '.'
            ELSE no_finished_result(said[2]) END AS problem,
       CASE WHEN stated(said[1]) IS NOT NULL THEN 'Delete one of the two.'
            WHEN said[1] <> '' THEN 'Give numerator and denominator, or the result alone; delete the other.'
            ELSE 'Write digits with at most four decimals and without a percent sign, as 94.25.' END AS remedy
FROM (SELECT file, row, string_split(num, '|result|') AS said FROM staged_results WHERE contains(num, '|result|'))
UNION ALL
SELECT file, row, CASE WHEN finished_column(file) = 'num' THEN 'denom' ELSE 'result' END,
       '`' || code || '` is a count, so its finished result ' || num || ' is the numerator.',
       CASE WHEN finished_column(file) = 'num' THEN 'Leave `denom` empty.' ELSE 'Write it under num.' END
FROM finished WHERE format = 'count'
UNION ALL
SELECT file, row, finished_column(file),
       '`' || code || '` is added up from months, and a finished result ' || num || ' can''t be.',
       'Give numerator and denominator of each month, or write window under supplied in indicators.csv.'
FROM finished WHERE format <> 'count' AND NOT is_stock(data_period) AND supplied <> 'window'
UNION ALL
SELECT file, row, finished_column(file), 'the finished result ' || num || ' is above 100, and `' || code || '` is a percentage.',
       'Check it at its source, or write yes under above_100 in indicators.csv.'
FROM finished WHERE format = 'percent' AND coalesce(above_100, 'no') <> 'yes' AND figure(num) > 100
UNION ALL
SELECT file, row, 'cohort',
       'a finished result is of all children, and this one is of cohort `' || cohort || '`.',
       'Give numerator and denominator, or delete the row.'
FROM finished WHERE cohort <> 'all'
UNION ALL
SELECT r.file, r.row, 'cohort',
       'there is a result of cohort `' || r.cohort || '`, but that of all children is a finished one ('
           || place_of(f.file, f.row, r.file) || '), without numerator and denominator.',
       'Give those of all children, or delete this row.'
FROM staged_results AS r
JOIN finished AS f ON f.month = r.month AND f.unit = r.unit AND f.code = r.code AND f.cohort = 'all'
WHERE r.cohort <> 'all' AND NOT is_finished(r.denom)
