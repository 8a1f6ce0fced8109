-- A denominator is a figure where the indicator has one, and empty for a count and where a status says why there
-- is no figure. The word `result` says that the figure beside it is a finished result; beside a status there is none.
SELECT r.file, r.row, 'denom' AS "column",
       CASE WHEN stated(r.num) IS NOT NULL THEN 'the denominator is ' || r.denom || ', but the result is ' || r.num || '.'
            WHEN r.denom IS NULL THEN 'the denominator is missing, and `' || r.code || '` is a ' || i.format || '.'
            WHEN i.format = 'count' THEN 'the denominator is ' || r.denom || ', but `' || r.code || '` is a count.'
            WHEN starts_with(r.denom, '-') AND is_figure(ltrim(r.denom, '-'))
                THEN 'the denominator ' || r.denom || ' is negative.'
            WHEN regexp_full_match(r.denom, '[0-9]+\.[0-9]{5,}')
                THEN 'the denominator ' || r.denom || ' has more than four decimals.'
            ELSE 'the denominator `' || r.denom || '` is not a number.' END AS problem,
       CASE WHEN i.format = 'count' OR stated(r.num) IS NOT NULL THEN 'Leave it empty.'
            ELSE 'Write digits with at most four decimals, as 1891 or 524.' END AS remedy
FROM staged_results AS r JOIN staged_indicators AS i ON i.code = r.code
WHERE CASE WHEN i.format = 'count' OR stated(r.num) IS NOT NULL THEN r.denom IS NOT NULL
           ELSE r.denom IS NULL OR NOT is_figure(r.denom) END
  AND NOT (is_finished(r.denom) AND stated(r.num) IS NULL) AND NOT coalesce(contains(r.num, '|result|'), false)
