-- The results file of one month that has more columns than a results file needs. They are kept, except status and
-- result, which are written in place of numerator and denominator.
COPY (
    SELECT new.* EXCLUDE (place), old.* EXCLUDE (month, unit, code, cohort, num, denom, provenance)
    FROM (SELECT row_number() OVER () AS place, * FROM month_after($month)) AS new
    LEFT JOIN (
        SELECT * REPLACE (cell_text(unit, true) AS unit, cell_text(code, true) AS code, cell_text(cohort, true) AS cohort)
        FROM (
            SELECT COLUMNS(lambda name: name NOT IN ('status', 'result'))
            FROM read_csv($stored, header = true, auto_detect = false, columns = $columns,
                          delim = ',', quote = '"', escape = '"', skip = $skip)
        )
    ) AS old
        USING (unit, code, cohort)
    ORDER BY place
) TO $path (FORMAT csv, HEADER true);
