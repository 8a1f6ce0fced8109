-- A change is in a month, is one of three, and has a reason that a reader can be given.
SELECT file, row, 'month' AS "column", '`' || coalesce(month, '') || '` is not a month.' AS problem,
       'Write the first reporting month of which it is so, as 2016-04.' AS remedy
FROM staged_changes WHERE month IS NULL OR NOT is_month(month)
UNION ALL
SELECT file, row, 'change', '`' || coalesce(change, '') || '` is not a change.',
       'Write added, amended or retired.'
FROM staged_changes WHERE change IS NULL OR change NOT IN ('added', 'amended', 'retired')
UNION ALL
SELECT file, row, 'reason', 'the change has no reason.', 'Write why, in a sentence that readers see.'
FROM staged_changes WHERE reason IS NULL
UNION ALL
SELECT file, row, 'recounted', '`' || recounted || '` is neither yes nor no.',
       'Write yes where earlier results were counted again by the new definition; otherwise no, or leave it empty.'
FROM staged_changes WHERE recounted NOT IN ('yes', 'no')
UNION ALL
SELECT file, row, 'recounted', 'only results of an amended indicator are recounted, and this one is ' || change || '.',
       'Leave it empty.'
FROM staged_changes WHERE recounted = 'yes' AND change IN ('added', 'retired')
