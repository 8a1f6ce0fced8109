-- Each activity measure that is counted within the month, with the codes of the indicators that count the same: in
-- some unit, a numerator or denominator, of all children or a cohort, or what a cohort leaves of one, is equal to
-- it in each month of the year that ends twelve months before $month.
WITH months AS (
    SELECT r.* FROM results_as_at($as_at) AS r
    WHERE r.month > months_before(year_before(month_start($month)), 12) AND r.month <= year_before(month_start($month))
),
parts AS (
    SELECT unit, code, cohort, month, unnest(['num', 'denom', 'others']) AS part,
           unnest([num, denom, denom - num]) AS counted
    FROM months
),
quantities AS (
    SELECT unit, code, cohort, false AS rest, month, part, counted FROM parts
    UNION ALL
    SELECT w.unit, w.code, c.cohort, true, w.month, w.part, w.counted - c.counted
    FROM parts AS w JOIN parts AS c ON c.unit = w.unit AND c.code = w.code AND c.month = w.month AND c.part = w.part
    WHERE w.cohort = 'all' AND c.cohort <> 'all'
),
equal AS (
    SELECT m.code AS measure, q.code
    FROM months AS m
    JOIN indicators AS i ON i.code = m.code AND i.polarity IS NULL AND is_flow(i.data_period)
    JOIN quantities AS q
        ON q.unit = m.unit AND q.month = m.month AND q.counted = m.num AND q.code <> m.code
    WHERE m.cohort = 'all'
    GROUP BY m.code, m.unit, q.code, q.cohort, q.rest, q.part
    HAVING count(*) = 12
)
SELECT measure, list_sort(list(DISTINCT code)) AS codes FROM equal GROUP BY measure ORDER BY measure
