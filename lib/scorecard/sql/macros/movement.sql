-- finely(num, denom) : num / denom to 14 decimals, DECIMAL(38,14), so that the effects below add up to
-- ten; NULL when denom is 0.
CREATE MACRO finely(num, denom) AS
    CASE WHEN denom <> 0 THEN
        CAST(ten_thousandths(num) * CAST(10 ** 14 AS HUGEINT) // ten_thousandths(denom)
             AS DECIMAL(24, 0)) * 0.00000000000001
    END;

-- movement('kent', '17', '2016-08') : why a result moved since last month. One row for each unit
-- directly below, and one named 'Elsewhere' for what they leave of the whole, with its figures in
-- both months and its share of the change, in the units of the result (percentage points).
--
--   rate_effect    its own result changed, at its average weight in the two months
--   mix_effect     its weight in the denominator changed, at its average result as far as that
--                  is above or below the whole's
-- The effects add up to the change of the whole, to ten decimals (Kitagawa 1955, decomposition of a
-- difference between two rates). For a count the change of the numerator is the rate effect.
-- No rows when either month has no result; a part without figures in both months is left out, and
-- so falls to 'Elsewhere'.
CREATE MACRO movement(for_unit, for_code, for_month, as_at := NULL) AS TABLE
    WITH two_months AS (
        SELECT u.unit, u.name AS unit_name, u.position, u.parent, a.format,
               a.num AS num, coalesce(a.denom, 1) AS denom,
               b.num AS month_ago_num, coalesce(b.denom, 1) AS month_ago_denom
        FROM figures_as_at(as_at) AS a
        JOIN figures_as_at(as_at) AS b
            ON b.unit = a.unit AND b.code = a.code AND b.cohort = a.cohort
            AND b.month = months_before(a.month, 1)
        JOIN units AS u ON u.unit = a.unit
        WHERE a.code = for_code AND a.cohort = 'all' AND a.month = month_start(for_month)
          AND a.num IS NOT NULL AND b.num IS NOT NULL
    ),
    whole AS (
        FROM two_months WHERE unit = for_unit AND denom <> 0 AND month_ago_denom <> 0
    ),
    named AS (
        SELECT unit, unit_name, position, num, denom, month_ago_num, month_ago_denom
        FROM two_months WHERE parent = for_unit
    ),
    elsewhere AS (
        SELECT NULL AS unit, 'Elsewhere' AS unit_name, 1000000 AS position,
               w.num - coalesce(sum(n.num), 0) AS num,
               CASE WHEN w.format = 'count' THEN 1 ELSE w.denom - coalesce(sum(n.denom), 0) END
                   AS denom,
               w.month_ago_num - coalesce(sum(n.month_ago_num), 0) AS month_ago_num,
               CASE WHEN w.format = 'count' THEN 1
                    ELSE w.month_ago_denom - coalesce(sum(n.month_ago_denom), 0) END
                   AS month_ago_denom
        FROM whole AS w LEFT JOIN named AS n ON true
        GROUP BY w.num, w.denom, w.month_ago_num, w.month_ago_denom, w.format
    ),
    parts AS (
        FROM named
        UNION ALL
        FROM elsewhere
        WHERE num <> 0 OR month_ago_num <> 0 OR denom <> 0 OR month_ago_denom <> 0
    ),
    weighed AS (
        SELECT p.*, w.format,
               CASE WHEN w.format = 'percent' THEN 100 ELSE 1 END AS factor,
               finely(w.num, w.denom) + finely(w.month_ago_num, w.month_ago_denom) AS whole_rates,
               finely(p.denom, w.denom) AS weight,
               finely(p.month_ago_denom, w.month_ago_denom) AS month_ago_weight,
               -- A part that is empty in one month counts there with its result of the other, so
               -- that all of its effect is a change of weight.
               coalesce(finely(p.num, p.denom), finely(p.month_ago_num, p.month_ago_denom), 0)
                   AS rate,
               coalesce(finely(p.month_ago_num, p.month_ago_denom), finely(p.num, p.denom), 0)
                   AS month_ago_rate
        FROM parts AS p, whole AS w
    )
    SELECT unit, unit_name, num, CASE WHEN format <> 'count' THEN denom END AS denom,
           month_ago_num, CASE WHEN format <> 'count' THEN month_ago_denom END AS month_ago_denom,
           CASE WHEN format = 'count' THEN CAST(num - month_ago_num AS DECIMAL(38, 10))
                ELSE CAST(factor * (rate - month_ago_rate) * (weight + month_ago_weight) * 0.5
                          AS DECIMAL(38, 10))
           END AS rate_effect,
           CASE WHEN format = 'count' THEN 0
                ELSE CAST(factor * (weight - month_ago_weight)
                          * (rate + month_ago_rate - whole_rates) * 0.5 AS DECIMAL(38, 10))
           END AS mix_effect
    FROM weighed
    WHERE format <> 'count' OR num <> 0 OR month_ago_num <> 0
    ORDER BY position;

-- turnover('kent', '25', '2016-08') : for a rolling figure, the months that came into its data
-- period and those that dropped out since last month, with their own figures.
CREATE MACRO turnover(for_unit, for_code, for_month, as_at := NULL) AS TABLE
    SELECT CASE WHEN r.month = month_start(for_month) THEN 'came in' ELSE 'dropped out' END
               AS reading,
           r.month, r.num, r.denom,
           shown(result_top(i.format, r.num), result_bottom(i.format, r.denom), i.format) AS shown
    FROM results_as_at(as_at) AS r
    JOIN indicators AS i ON i.code = r.code
    WHERE r.unit = for_unit AND r.code = for_code AND r.cohort = 'all'
      AND i.supplied = 'monthly' AND i.data_period IN ('R12M', 'YTD')
      AND (r.month = month_start(for_month)
           OR r.month = months_before(
               period_opens(i.data_period, i.supplied, month_start(for_month)), 1)
              AND i.data_period = 'R12M')
    ORDER BY r.month DESC;
