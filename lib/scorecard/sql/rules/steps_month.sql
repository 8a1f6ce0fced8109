-- A step is in a month, and has a reason that a reader can be given.
SELECT file, row, 'month' AS "column", '`' || coalesce(month, '') || '` is not a month.' AS problem,
       'Write the first month after the change, as 2016-04.' AS remedy
FROM staged_steps WHERE month IS NULL OR NOT is_month(month)
UNION ALL
SELECT file, row, 'reason', 'the step has no reason.', 'Write what changed, in a few words.'
FROM staged_steps WHERE reason IS NULL
