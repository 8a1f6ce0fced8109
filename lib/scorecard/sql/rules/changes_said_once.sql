-- An amendment whose earlier results were not recounted says that they can't be compared: neither comparable_from
-- of the catalogue nor a step of the same month repeats it.
WITH amended AS (
    SELECT code, month FROM staged_changes WHERE change = 'amended' AND coalesce(recounted, 'no') = 'no'
)
SELECT i.file, i.row, 'comparable_from' AS "column",
       'indicator `' || i.code || '` is amended in ' || a.month || ', which says the same.' AS problem,
       'Leave it empty.' AS remedy
FROM staged_indicators AS i JOIN amended AS a ON a.code = i.code AND a.month = i.comparable_from
UNION ALL
SELECT s.file, s.row, 'month', 'indicator `' || s.code || '` is amended in ' || a.month || ', which says the same.',
       'Delete the row: the limits begin anew with the amendment.'
FROM staged_steps AS s JOIN amended AS a ON a.code = s.code AND a.month = s.month
