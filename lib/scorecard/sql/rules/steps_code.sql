-- A step belongs to an indicator or an activity measure whose monthly values are supplied.
SELECT s.file, s.row, 'code' AS "column",
       CASE WHEN i.code IS NULL THEN 'there is no indicator `' || coalesce(s.code, '') || '`.'
            ELSE '`' || s.code || '` is supplied as a finished rolling figure, which has no monthly values.'
       END AS problem,
       CASE WHEN i.code IS NULL THEN did_you_mean(coalesce(s.code, ''), (SELECT list(code) FROM staged_indicators))
            ELSE 'Delete the row.' END AS remedy
FROM staged_steps AS s LEFT JOIN staged_indicators AS i ON i.code = s.code
WHERE i.code IS NULL OR i.supplied = 'window'
