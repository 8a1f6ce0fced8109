-- A unit has one row for each month: several rows follow one another.
SELECT u.file, u.row, 'unit' AS "column",
       'unit `' || u.unit || '` is in row ' || min(b.row) || ' too, for the same months.' AS problem,
       'Delete one of the two rows, or give the first its last_month and the second its first_month.'
           AS remedy
FROM staged_units AS u
JOIN staged_units AS b
    ON b.unit = u.unit AND b.row < u.row
    AND same_time(u.first_month, u.last_month, b.first_month, b.last_month)
GROUP BY u.file, u.row, u.unit
