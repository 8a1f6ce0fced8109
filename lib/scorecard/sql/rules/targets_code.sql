-- A target belongs to an indicator that is rated.
SELECT t.file, t.row, 'code' AS "column",
       CASE WHEN i.code IS NULL THEN 'there is no indicator `' || coalesce(t.code, '') || '`.'
            ELSE '`' || t.code || '` is an activity measure, which is never rated.' END AS problem,
       CASE WHEN i.code IS NULL THEN did_you_mean(coalesce(t.code, ''), (SELECT list(code) FROM staged_indicators))
            ELSE 'Delete the row, or give the indicator a polarity.' END AS remedy
FROM staged_targets AS t LEFT JOIN staged_indicators AS i ON i.code = t.code
WHERE i.code IS NULL OR i.polarity IS NULL
