-- What is counted, and what the others are, is written for one and for many.
SELECT file, row, place AS "column",
       '`' || noun || '` has to be a noun for one and a noun for many.' AS problem,
       'Write both, with a slash between them, as child / children.' AS remedy
FROM (
    SELECT file, row, 'counted_as' AS place, counted_as AS noun FROM staged_indicators
    UNION ALL
    SELECT file, row, 'others_are', others_are FROM staged_indicators
)
WHERE noun IS NOT NULL AND NOT regexp_full_match(noun, '[^/]*[^/\s][^/]* / [^/]*[^/\s][^/]*')
