-- least_possible(lower) → a limit as far down as a result can go: not below 0. NULL without one.
CREATE MACRO least_possible(lower) AS CASE WHEN lower < 0 THEN 0 ELSE lower END;

-- most_possible(upper, format) → likewise upwards: a percentage not above 100.
CREATE MACRO most_possible(upper, format) AS
    CASE WHEN is_part_of_whole(format) AND upper > 100 THEN 100 ELSE upper END;

-- by_chance(placed) : the rows of the table or CTE that `placed` names (text), each a percentage `num` / `denom`
-- beside the whole's `whole_num` / `whole_denom`, whose percentage is `whole_result`: whether they differ by more
-- than chance would make them.
--
--   z              (p − p₀) / √(p₀ (1 − p₀) / n), to ten decimals: p the part's result, n its denominator,
--                  p₀ the whole's result; NULL where p₀ is 0 or 100%
--   evidence       of a difference: 'none' within ±1.96, 'evidence' beyond ±3.09, 'some' between
--   inner_from inner_to outer_from outer_to
--                  between which results of such a denominator are at 1.96 and at 3.09, not below 0 or
--                  above 100%
-- (Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 2005: limits
-- of 95% and 99.8%.)
CREATE MACRO by_chance(placed) AS TABLE
    WITH spread AS (
        SELECT *, sqrt(CAST(whole_num AS DOUBLE) * CAST(whole_denom - whole_num AS DOUBLE)) AS spread,
               CAST(ten_thousandths(num) * ten_thousandths(whole_denom)
                    - ten_thousandths(whole_num) * ten_thousandths(denom) AS DOUBLE) / 100000000 AS apart
        FROM query_table(placed)
    ),
    scored AS (
        SELECT * EXCLUDE (spread, apart),
               CASE WHEN spread > 0 THEN CAST(apart / (spread * sqrt(CAST(denom AS DOUBLE))) AS DECIMAL(18, 10))
               END AS z,
               CAST(100 * spread / (CAST(whole_denom AS DOUBLE) * sqrt(CAST(denom AS DOUBLE)))
                    AS DECIMAL(18, 10)) AS sigma
        FROM spread
    )
    SELECT * EXCLUDE (sigma),
           CASE WHEN abs(z) > 3.09 THEN 'evidence' WHEN abs(z) > 1.96 THEN 'some'
                WHEN z IS NOT NULL THEN 'none' END AS evidence,
           least_possible(whole_result - 1.96 * sigma) AS inner_from,
           most_possible(whole_result + 1.96 * sigma, 'percent') AS inner_to,
           least_possible(whole_result - 3.09 * sigma) AS outer_from,
           most_possible(whole_result + 3.09 * sigma, 'percent') AS outer_to
    FROM scored;
