-- Where a result is not applicable to all children, none of a cohort can have a figure: there are no cases.
SELECT e.file, e.row, 'cohort' AS "column",
       'the result of all is not_applicable (' || place_of(a.file, a.row, e.file) || '), but that of cohort `' || e.cohort
           || '` is ' || e.num
           || CASE WHEN is_finished(e.denom) THEN '' ELSE coalesce(' of ' || e.denom, '') END || '.' AS problem,
       'Correct the row of all, or delete this one.' AS remedy
FROM staged_results AS e
JOIN staged_results AS a
    ON a.month = e.month AND a.unit = e.unit AND a.code = e.code AND a.cohort = 'all'
WHERE e.cohort <> 'all' AND stated(a.num) = 'not_applicable' AND (figure(e.num) > 0 OR figure(e.denom) > 0)
