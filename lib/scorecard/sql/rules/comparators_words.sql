-- A comparator has a name, a period in words, a source, and the month from which it is shown.
SELECT s.file, s.row, c.place AS "column", 'the ' || c.what || ' is missing.' AS problem, c.remedy AS remedy
FROM staged_comparators AS s,
LATERAL (VALUES ('comparator', 'comparator', s.comparator, 'Name it, as England.'),
                ('period', 'period', s.period, 'Write it in words, as year to 31 March 2015.'),
                ('source', 'source', s.source, 'Name where the result was published.')
) AS c (place, what, value, remedy)
WHERE c.value IS NULL
UNION ALL
SELECT file, row, 'valid_from', '`' || coalesce(valid_from, '') || '` is not a month.',
       'Write the first month beside which it is shown, as 2016-04.'
FROM staged_comparators WHERE valid_from IS NULL OR NOT is_month(valid_from)
