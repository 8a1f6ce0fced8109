-- title: Data periods with a month missing
-- group: completeness
-- grade: look
-- structural: information
-- estimated: look
-- rank: 21
-- remedy: Add the missing months to their files; until then the figure is shown as not available.
--
-- Months missing between the first result of a data period and the reporting month. It is lasting
-- if last month's data period lacked it too.
WITH series AS (
    SELECT unit, code, cohort, any_value(unit_name) AS unit_name, any_value(name) AS name,
           period_opens(any_value(data_period), any_value(supplied), getvariable('this_month'))
               AS opens,
           list(month) AS months
    FROM (
        FROM recent SELECT unit, code, cohort, unit_name, name, data_period, supplied, month
        UNION ALL
        FROM stated_results SELECT unit, code, cohort, unit_name, name, data_period, supplied, month
    )
    GROUP BY unit, code, cohort
),
lacking AS (
    SELECT *, list_filter(
        [CAST(day AS DATE) FOR day IN generate_series(
            greatest(opens, list_min(months)), getvariable('last_month'), INTERVAL 1 MONTH)],
        lambda month: NOT list_contains(months, month)) AS gaps
    FROM series
    WHERE opens < getvariable('this_month') AND list_contains(months, getvariable('this_month'))
)
SELECT unit, code,
       unit_name || ', ' || name || ': the data period from ' || month_words(opens) || ' lacks '
       || listed([month_words(gap) FOR gap IN gaps]) || '.' AS says,
       CASE WHEN gaps = [getvariable('last_month')] THEN 'new' ELSE 'every month' END AS lasting,
       len(gaps) AS weight
FROM lacking WHERE len(gaps) > 0
