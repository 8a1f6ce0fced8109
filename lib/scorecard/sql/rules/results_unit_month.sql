-- A result belongs to a month in which its unit exists.
SELECT r.file, r.row, 'unit' AS "column",
       'there is no unit `' || r.unit || '` in ' || r.month || '.' AS problem,
       'Correct its first_month or last_month in data/reference/units.csv, or the unit of the result.' AS remedy
FROM staged_results AS r
WHERE is_month(r.month) AND r.unit IN (SELECT unit FROM staged_units)
  AND NOT EXISTS (
      FROM staged_units AS u
      WHERE u.unit = r.unit AND same_time(u.first_month, u.last_month, r.month, r.month)
  )
