-- Targets, floors and distances are plain figures of the size the store keeps.
SELECT t.file, t.row, c.place AS "column",
       CASE WHEN c.value IS NULL THEN 'the target is missing.'
            ELSE '`' || c.value || '` is not a figure.' END AS problem,
       'Write digits with at most four decimals and no percent sign, as 17.5.' AS remedy
FROM staged_targets AS t,
LATERAL (VALUES ('target', t.target), ('floor', t.floor), ('green_within', t.green_within),
                ('amber_within', t.amber_within)) AS c (place, value)
WHERE (c.place = 'target' AND c.value IS NULL)
   OR NOT regexp_full_match(c.value, '[0-9]{1,5}(\.[0-9]{1,4})?')
