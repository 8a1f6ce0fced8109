-- funnels('kent', ['17', '25'], '2016-08') : the units right below a unit beside it, for each percentage, in
-- order of display: whether they differ by more than chance would make them. No rows for other figures, nor for
-- finished results, whose denominators are unknown. Rank units only where `evidence` is not 'none'.
--
--   z evidence inner_from inner_to outer_from outer_to   as in by_chance (chance.sql)
--   whole_*        the whole's figure
--   estimated      one of the two figures rests on estimates
CREATE MACRO funnels(for_unit, for_codes, for_month, for_cohort := 'all', as_at := NULL) AS TABLE
    WITH beside AS (FROM units_in(for_month) WHERE unit = for_unit OR parent = for_unit),
    comparable AS (
        SELECT f.*, rests_on_estimates(f.provenance) AS estimated
        FROM figures_among('beside', as_at) AS f
        WHERE list_contains(for_codes, f.code) AND f.cohort = for_cohort AND f.month = month_start(for_month)
          AND is_part_of_whole(f.format) AND f.status = 'available' AND NOT f.finished
    ),
    placed AS (
        SELECT u.unit, u.name AS unit_name, u.kind AS unit_kind, u.position, p.code, p.num, p.denom, p.result,
               p.shown, p.precise, p.places, p.rating, w.num AS whole_num, w.denom AS whole_denom,
               w.result AS whole_result, w.shown AS whole_shown, p.estimated OR w.estimated AS estimated
        FROM comparable AS p
        JOIN beside AS u ON u.unit = p.unit AND u.parent = for_unit
        JOIN comparable AS w ON w.unit = for_unit AND w.code = p.code
    )
    -- by_chance takes a table or CTE by its name, as text.
    SELECT unit, unit_name, unit_kind, s.code, num, denom, result, shown, precise, places, rating,
           whole_num, whole_denom, whole_result, whole_shown, z, evidence,
           inner_from, inner_to, outer_from, outer_to, estimated
    FROM by_chance('placed') AS s JOIN indicators_in(for_month) AS i ON i.code = s.code
    ORDER BY i.position, s.position;

-- funnel('kent', '17', '2016-08') : funnels of one percentage.
CREATE MACRO funnel(for_unit, for_code, for_month, for_cohort := 'all', as_at := NULL) AS TABLE
    FROM funnels(for_unit, [code_text(for_code)], for_month, for_cohort := for_cohort, as_at := as_at)
    WHERE known_or_error(for_unit, for_code, for_cohort, for_month, as_at);
