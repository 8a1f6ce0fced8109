-- funnels('kent', ['17', '25'], '2016-08') : the units right below a unit beside it, for each percentage, in
-- order of display: whether they differ by more than chance would make them. No rows for other figures, nor for
-- finished results, whose denominators nobody knows. No ranking of units without it.
--
--   z              (p − p₀) / √(p₀ (1 − p₀) / n), to ten decimals: p the part's result, n its denominator,
--                  p₀ the whole's result; NULL where p₀ is 0 or 100%
--   evidence       of a difference: 'none' within ±1.96, 'evidence' beyond ±3.09, 'some' between
--   inner_from inner_to outer_from outer_to
--                  between which results of such a denominator are at 1.96 and at 3.09, not below 0 or
--                  above 100%
--   whole_*        the whole's figure
--   estimated      one of the two figures rests on estimates
-- (Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 2005: limits
-- of 95% and 99.8%.)
CREATE MACRO funnels(for_unit, for_codes, for_month, for_cohort := 'all', as_at := NULL) AS TABLE
    WITH comparable AS (
        SELECT f.*, rests_on_estimates(f.provenance) AS estimated
        FROM figures_as_at(as_at) AS f
        WHERE list_contains(for_codes, f.code) AND f.cohort = for_cohort AND f.month = month_start(for_month)
          AND f.format = 'percent' AND f.status = 'available' AND NOT f.finished
    ),
    placed AS (
        SELECT u.unit, u.name AS unit_name, u.kind AS unit_kind, u.position, p.code, p.num, p.denom, p.result,
               p.shown, p.precise, p.places, p.rating, w.num AS whole_num, w.denom AS whole_denom,
               w.result AS whole_result, w.shown AS whole_shown, p.estimated OR w.estimated AS estimated,
               sqrt(CAST(w.num AS DOUBLE) * CAST(w.denom - w.num AS DOUBLE)) AS spread,
               CAST(ten_thousandths(p.num) * ten_thousandths(w.denom)
                    - ten_thousandths(w.num) * ten_thousandths(p.denom) AS DOUBLE) / 100000000 AS apart
        FROM comparable AS p
        JOIN units_in(for_month) AS u ON u.unit = p.unit AND u.parent = for_unit
        JOIN comparable AS w ON w.unit = for_unit AND w.code = p.code
    ),
    scored AS (
        SELECT *, CASE WHEN spread > 0 THEN CAST(apart / (spread * sqrt(CAST(denom AS DOUBLE))) AS DECIMAL(18, 10))
                  END AS z,
               CAST(100 * spread / (CAST(whole_denom AS DOUBLE) * sqrt(CAST(denom AS DOUBLE)))
                    AS DECIMAL(18, 10)) AS sigma
        FROM placed
    )
    SELECT unit, unit_name, unit_kind, s.code, num, denom, result, shown, precise, places, rating,
           whole_num, whole_denom, whole_result, whole_shown, z,
           CASE WHEN abs(z) > 3.09 THEN 'evidence' WHEN abs(z) > 1.96 THEN 'some'
                WHEN z IS NOT NULL THEN 'none' END AS evidence,
           least_possible(whole_result - 1.96 * sigma) AS inner_from,
           most_possible(whole_result + 1.96 * sigma, 'percent') AS inner_to,
           least_possible(whole_result - 3.09 * sigma) AS outer_from,
           most_possible(whole_result + 3.09 * sigma, 'percent') AS outer_to,
           estimated
    FROM scored AS s JOIN indicators_in(for_month) AS i ON i.code = s.code
    ORDER BY i.position, s.position;

-- funnel('kent', '17', '2016-08') : funnels of one percentage.
CREATE MACRO funnel(for_unit, for_code, for_month, for_cohort := 'all', as_at := NULL) AS TABLE
    FROM funnels(for_unit, [code_text(for_code)], for_month, for_cohort := for_cohort, as_at := as_at)
    WHERE is_known(for_unit, for_code, for_cohort, for_month, as_at);
