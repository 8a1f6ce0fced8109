-- finely(num, denom) : num / denom to 14 decimals, DECIMAL(38,14), so that the effects below add up to
-- ten; NULL when denom is 0.
CREATE MACRO finely(num, denom) AS
    CASE WHEN denom <> 0 THEN
        CAST(ten_thousandths(num) * CAST(10 ** 14 AS HUGEINT) // ten_thousandths(denom)
             AS DECIMAL(24, 0)) * 0.00000000000001
    END;

-- movements('kent', ['17', '25'], '2016-08', since := '2016-05') : why results moved since an earlier month, the
-- month before unless given, in order of display. For each indicator one row for each unit directly below, and one
-- named 'Elsewhere' for what they leave of the whole, with its figures in both months (those of the earlier begin
-- with earlier_) and its share of the change, in the units of the result (percentage points).
--
--   provenance     of its figures; for Elsewhere, of all that it is worked out from; earlier_provenance likewise
--   rate_effect    the effect of the change in its own result: that change times its average weight in the two months
--   mix_effect     the effect of the change in its weight in the denominator: that change times the difference between
--                  its average result and the whole's
-- The effects add up to the change of the whole, to ten decimals (Kitagawa 1955, decomposition of a
-- difference between two rates). For a count the change of the numerator is the rate effect.
-- No rows when either month has no result, or when the two can't be compared (is_comparable); a part without
-- figures in both months is left out, and so counts as 'Elsewhere'.
CREATE MACRO movements(for_unit, for_codes, for_month, since := NULL, as_at := NULL) AS TABLE
    WITH beside AS (
        FROM units_in(for_month) WHERE list_contains([for_unit], unit) OR list_contains([for_unit], parent)
    ),
    two_months AS (
        SELECT a.code, i.position AS code_position, u.unit, u.name AS unit_name, u.position, u.parent, a.format,
               a.num AS num, coalesce(a.denom, 1) AS denom,
               b.num AS earlier_num, coalesce(b.denom, 1) AS earlier_denom,
               a.provenance AS provenance, b.provenance AS earlier_provenance
        FROM figures_among('beside', as_at) AS a
        JOIN figures_among('beside', as_at) AS b
            ON b.unit = a.unit AND b.code = a.code AND b.cohort = a.cohort
            AND b.month = reported_before(for_month, since)
        JOIN beside AS u ON u.unit = a.unit
        JOIN indicators_in(for_month) AS i ON i.code = a.code
        WHERE list_contains(for_codes, a.code) AND a.cohort = 'all' AND a.month = month_start(for_month)
          AND a.num IS NOT NULL AND b.num IS NOT NULL
          AND is_comparable(i.data_period, i.comparable_from, b.month, a.month)
    ),
    whole AS (
        FROM two_months WHERE list_contains([for_unit], unit) AND denom <> 0 AND earlier_denom <> 0
    ),
    named AS (
        SELECT code, unit, unit_name, position, num, denom, earlier_num, earlier_denom, provenance, earlier_provenance
        FROM two_months WHERE list_contains([for_unit], parent)
    ),
    elsewhere AS (
        SELECT w.code, NULL AS unit, 'Elsewhere' AS unit_name, 1000000 AS position,
               w.num - coalesce(sum(n.num), 0) AS num,
               CASE WHEN w.format = 'count' THEN 1 ELSE w.denom - coalesce(sum(n.denom), 0) END
                   AS denom,
               w.earlier_num - coalesce(sum(n.earlier_num), 0) AS earlier_num,
               CASE WHEN w.format = 'count' THEN 1
                    ELSE w.earlier_denom - coalesce(sum(n.earlier_denom), 0) END
                   AS earlier_denom,
               list_concat(w.provenance, flatten(list(coalesce(n.provenance, [])))) AS provenance,
               list_concat(w.earlier_provenance, flatten(list(coalesce(n.earlier_provenance, []))))
                   AS earlier_provenance
        FROM whole AS w LEFT JOIN named AS n ON n.code = w.code
        GROUP BY w.code, w.num, w.denom, w.earlier_num, w.earlier_denom, w.format, w.provenance, w.earlier_provenance
    ),
    parts AS (
        FROM named
        UNION ALL
        FROM elsewhere
        WHERE num <> 0 OR earlier_num <> 0 OR denom <> 0 OR earlier_denom <> 0
    ),
    weighed AS (
        SELECT p.*, w.format, w.code_position,
               factor_of(w.format) AS factor,
               finely(w.num, w.denom) + finely(w.earlier_num, w.earlier_denom) AS whole_rates,
               finely(p.denom, w.denom) AS weight,
               finely(p.earlier_denom, w.earlier_denom) AS earlier_weight,
               -- A part that is empty in one month counts there with its result of the other, so
               -- that all of its effect is a change of weight.
               coalesce(finely(p.num, p.denom), finely(p.earlier_num, p.earlier_denom), 0)
                   AS rate,
               coalesce(finely(p.earlier_num, p.earlier_denom), finely(p.num, p.denom), 0)
                   AS earlier_rate
        FROM parts AS p JOIN whole AS w ON w.code = p.code
    )
    SELECT code, unit, unit_name, num, CASE WHEN format <> 'count' THEN denom END AS denom,
           earlier_num, CASE WHEN format <> 'count' THEN earlier_denom END AS earlier_denom,
           list_sort(list_distinct(provenance)) AS provenance,
           list_sort(list_distinct(earlier_provenance)) AS earlier_provenance,
           CASE WHEN format = 'count' THEN CAST(num - earlier_num AS DECIMAL(38, 10))
                ELSE CAST(factor * (rate - earlier_rate) * (weight + earlier_weight) * 0.5
                          AS DECIMAL(38, 10))
           END AS rate_effect,
           CASE WHEN format = 'count' THEN 0
                ELSE CAST(factor * (weight - earlier_weight)
                          * (rate + earlier_rate - whole_rates) * 0.5 AS DECIMAL(38, 10))
           END AS mix_effect
    FROM weighed
    WHERE format <> 'count' OR num <> 0 OR earlier_num <> 0
    ORDER BY code_position, position;

-- movement('kent', '17', '2016-08', since := '2016-05') : movements of one indicator.
CREATE MACRO movement(for_unit, for_code, for_month, since := NULL, as_at := NULL) AS TABLE
    SELECT * EXCLUDE (code)
    FROM movements(for_unit, [code_text(for_code)], for_month, since := since, as_at := as_at)
    WHERE known_or_error(for_unit, for_code, 'all', for_month, as_at);

-- turnovers('kent', ['25'], '2016-08', since := '2016-05') : for figures that are added up from months, those that
-- came into the data period and those that dropped out since an earlier month, the month before unless given,
-- with their own figures, in order of display. No rows of a figure when the two can't be compared (is_comparable).
CREATE MACRO turnovers(for_unit, for_codes, for_month, since := NULL, as_at := NULL) AS TABLE
    WITH placed AS (
        SELECT r.*, i.format, i.position,
               r.month BETWEEN period_opens(i.data_period, i.supplied, month_start(for_month))
                   AND month_start(for_month) AS is_in,
               r.month BETWEEN period_opens(i.data_period, i.supplied, reported_before(for_month, since))
                   AND reported_before(for_month, since) AS was_in
        FROM results_as_at(as_at) AS r
        JOIN indicators_in(for_month) AS i ON i.code = r.code
        WHERE r.unit = for_unit AND list_contains(for_codes, r.code) AND r.cohort = 'all'
          AND over_months(i.data_period, i.supplied)
          AND is_comparable(i.data_period, i.comparable_from, reported_before(for_month, since),
                            month_start(for_month))
    )
    SELECT code, CASE WHEN is_in THEN 'came in' ELSE 'dropped out' END AS reading, month, num, denom, provenance,
           shown(result_top(format, num), result_bottom(format, denom), format) AS shown
    FROM placed WHERE is_in <> was_in
    ORDER BY position, month DESC;

-- turnover('kent', '25', '2016-08', since := '2016-05') : turnovers of one figure.
CREATE MACRO turnover(for_unit, for_code, for_month, since := NULL, as_at := NULL) AS TABLE
    SELECT * EXCLUDE (code)
    FROM turnovers(for_unit, [code_text(for_code)], for_month, since := since, as_at := as_at)
    UNION ALL -- no row; but a wrong name is an error also where no result is in the months
    SELECT NULL, NULL, NULL, NULL, NULL, NULL WHERE NOT known_or_error(for_unit, for_code, 'all', for_month, as_at)
    ORDER BY month DESC;
