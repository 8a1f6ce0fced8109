-- Loaded percentages that look like fractions: 0.947 of 1, a result given as its numerator, and a finished result of
-- 0.947, which would be 0.947%. Left out where a stored result of the indicator looks so too. Those of one file, column
-- and indicator are one row.
WITH odd AS (
    SELECT r.*, is_finished(r.denom) AS finished
    FROM (SELECT file, row, code, num, denom FROM loaded
          UNION ALL SELECT NULL, NULL, code, num, denom FROM stored) AS r
    JOIN staged_indicators AS i ON i.code = r.code
    WHERE is_part_of_whole(i.format)
      AND CASE WHEN is_finished(r.denom) THEN figure(r.num) > 0 AND figure(r.num) < 1
               ELSE figure(r.denom) = 1 AND figure(r.num) % 1 <> 0 END
)
SELECT o.file, min(o.row), CASE WHEN o.finished THEN finished_column(o.file) ELSE 'num' END AS "column",
       CASE WHEN o.finished
            THEN 'a finished result of ' || arg_min(o.num, o.row) || '% looks like a fraction of 1'
            ELSE arg_min(o.num, o.row) || ' of 1 looks like a finished result and not like a count' END AS problem,
       count(*) AS rows
FROM odd AS o
WHERE o.file IS NOT NULL
  AND NOT EXISTS (FROM odd AS s WHERE s.file IS NULL AND s.code = o.code AND s.finished = o.finished)
GROUP BY o.file, o.row // 4294967296, o.code, o.finished
ORDER BY o.file, min(o.row);
