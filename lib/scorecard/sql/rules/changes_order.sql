-- An indicator is added when it isn't there, and amended or retired when it is. One that was there from the start
-- has no row that adds it.
WITH turns AS (
    SELECT code, month, change FROM staged_changes WHERE is_month(month) AND change IN ('added', 'retired')
),
placed AS (
    SELECT c.*, t.month AS turned, t.change AS turn,
           first_value(c.change) OVER (PARTITION BY c.code ORDER BY c.change = 'amended', c.month) AS opening
    FROM staged_changes AS c
    ASOF LEFT JOIN turns AS t ON t.code = c.code AND c.month > t.month
    WHERE is_month(c.month)
)
SELECT file, row, 'change' AS "column",
       CASE WHEN turn = 'added' THEN 'indicator `' || code || '` was added in ' || turned || ' already.'
            WHEN turn = 'retired' THEN 'indicator `' || code || '` was retired in ' || turned || '.'
            ELSE 'indicator `' || code || '` is not there before ' || (
                SELECT min(t.month) FROM turns AS t WHERE t.code = placed.code) || ', when it is added.'
       END AS problem,
       CASE WHEN change = 'added' THEN 'Delete the row, or write when it was retired in between.'
            ELSE 'Correct the month, or write when it was added again.' END AS remedy
FROM placed
WHERE CASE change WHEN 'added' THEN turn = 'added'
                  WHEN 'retired' THEN turn = 'retired'
                  WHEN 'amended' THEN turn = 'retired' OR turn IS NULL AND opening = 'added' END
