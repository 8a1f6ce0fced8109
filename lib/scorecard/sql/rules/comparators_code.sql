-- A comparator belongs to an indicator or an activity measure.
SELECT c.file, c.row, 'code' AS "column",
       'there is no indicator `' || coalesce(c.code, '') || '`.' AS problem,
       did_you_mean(coalesce(c.code, ''), (SELECT list(code) FROM staged_indicators)) AS remedy
FROM staged_comparators AS c ANTI JOIN staged_indicators AS i ON i.code = c.code
