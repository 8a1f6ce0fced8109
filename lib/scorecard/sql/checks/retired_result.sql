-- title: Results of retired indicators
-- group: catalogue
-- grade: look
-- rank: 53
-- remedy: Leave the indicator out of the extract, or correct its month in data/reference/changes.csv. Until
--   then no page shows these results.
--
-- Results of a month before an indicator was added are its history, and are not listed.
SELECT NULL AS unit, r.code,
       any_value(i.name) || ' has ' || plain(count(*))
       || CASE WHEN count(*) = 1 THEN ' result for ' ELSE ' results for ' END
       || month_words(getvariable('this_month')) || '; it was retired in ' || month_words(any_value(c.retired)) || '.' AS says,
       count(*) AS weight
FROM given_as_at(NULL) AS r
JOIN indicators AS i ON i.code = r.code
JOIN (
    SELECT code, max(month) AS retired, arg_max(change, month) AS change FROM indicator_changes
    WHERE change <> 'amended' AND month <= getvariable('this_month') GROUP BY code
) AS c ON c.code = r.code AND c.change = 'retired'
WHERE r.month = getvariable('this_month')
GROUP BY r.code
