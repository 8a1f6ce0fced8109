-- A numerator is a figure and not negative; where there is none, a status may say why.
SELECT file, row, 'num' AS "column",
       CASE WHEN is_finished(denom) AND num IS NOT NULL THEN no_finished_result(num)
            WHEN num IS NULL THEN 'the numerator is missing.'
            WHEN starts_with(num, '-') AND is_figure(ltrim(num, '-')) THEN 'the numerator ' || num || ' is negative.'
            WHEN regexp_full_match(num, '[0-9]+\.[0-9]{5,}') THEN 'the numerator ' || num || ' has more than four decimals.'
            ELSE 'the numerator `' || num || '` is not a number.' END AS problem,
       CASE WHEN num IS NULL THEN 'Write it, or why there is none (withheld, not_available), or delete the row.'
            WHEN is_finished(denom) THEN 'Write the finished result in digits with at most four decimals, as 94.25.'
            ELSE 'Write digits with at most four decimals, as 1281 or 404.3.' END AS remedy
FROM staged_results
WHERE (num IS NULL OR NOT is_figure(num)) AND stated(num) IS NULL AND NOT coalesce(regexp_matches(num, '\|(status|result)\|'), false)
