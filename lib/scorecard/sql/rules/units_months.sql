-- The first and the last month of a unit are months or empty, and in this order.
SELECT file, row, 'first_month' AS "column", '`' || first_month || '` is not a month.' AS problem,
       'Write the first month in which there is such a unit, as 2016-04, or nothing.' AS remedy
FROM staged_units WHERE NOT is_month(first_month)
UNION ALL
SELECT file, row, 'last_month', '`' || last_month || '` is not a month.',
       'Write the last month in which there is such a unit, as 2016-03, or nothing.'
FROM staged_units WHERE NOT is_month(last_month)
UNION ALL
SELECT file, row, 'last_month', 'unit `' || unit || '` ends in ' || last_month || ', before it begins.',
       'Correct one of the two months.'
FROM staged_units WHERE is_month(first_month) AND is_month(last_month) AND last_month < first_month
