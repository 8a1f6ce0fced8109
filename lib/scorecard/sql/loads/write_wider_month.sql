-- The results file of one month that has more columns than a results file needs: they are kept.
COPY (
    SELECT after.*, old.* EXCLUDE (month, unit, code, cohort, num, denom, provenance)
    FROM after
    LEFT JOIN read_csv($standing, header = true, auto_detect = false, columns = $columns,
                       delim = ',', quote = '"', escape = '"') AS old
        USING (unit, code, cohort)
    WHERE after.month = $month
    ORDER BY after.rowid
) TO $path (FORMAT csv, HEADER true);
