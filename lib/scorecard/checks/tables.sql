-- What the checks read, made for one reporting month: `$month` is in the table `asked`. Everything
-- is temporary; the store itself is only read. A check reads these tables, never `results` itself.
SET VARIABLE this_month = (SELECT month FROM asked);
SET VARIABLE last_month = months_before(getvariable('this_month'), 1);

-- Words of a finding: figures as `display.py` writes them (`plain`: 1145 or 404.3; `result`: 13.0%);
-- August 2016; areas and services.
CREATE TEMP MACRO month_words(day) AS strftime(day, '%B %Y');
CREATE TEMP MACRO result_words(value, format, places) AS
    format('{:.' || places || 'f}', round_fraction(
        CAST(CAST(value AS DECIMAL(28, 10)) * 10000000000 AS HUGEINT), 10000000000, places))
    || CASE WHEN is_percentage(format) THEN '%' ELSE '' END;
-- The mean of counts and its limits have one decimal. Other values have `places` decimals: those that a finished result
-- was given with, or as many as show on which side it is of what a sentence compares it with (range_places).
CREATE TEMP MACRO value_words(value, format, places) AS
    CASE format WHEN 'count' THEN plain(CAST(value AS DECIMAL(18, 1)))
                ELSE result_words(value, format, places) END;
-- A difference of percentages is in percentage points.
CREATE TEMP MACRO step_words(step, format, places) AS
    CASE WHEN is_percentage(format) THEN value_words(step, 'ratio', places) || ' percentage points'
                ELSE value_words(step, format, places) END;
CREATE TEMP MACRO listed(names) AS
    CASE WHEN len(names) <= 1 THEN names[1]
         ELSE array_to_string(names[:-2], ', ') || ' and ' || names[-1] END;

-- near(figure, [12.0, 9.5], allowed) → whether a figure differs from one of the numbers of a text by `allowed` at most,
-- in floating point. Python then compares the figures that are found exactly.
CREATE TEMP MACRO near(figure, numbers, allowed) AS
    len(list_filter(numbers, lambda n: abs(CAST(figure AS DOUBLE) - n) <= allowed)) > 0;

-- The results of this month and the 24 before, of the indicators and measures in this month's catalogue, with the unit
-- as it was in the month of the result, and the indicator.
--   added_up       it is the sum of the units below, and in no file
--   name           of the indicator, with that of the cohort where it isn't all children
--   estimated      its provenance has a footnote
CREATE TEMP TABLE recent AS
SELECT r.unit, u.name AS unit_name, u.kind AS unit_kind, u.parent, u.position AS unit_position,
       r.code, i.name || k.words AS name, i.position, i.polarity, i.data_period, i.format, i.supplied,
       i.comparable_from, r.cohort, r.month, r.num, r.denom, r.added_up,
       coalesce(p.footnote IS NOT NULL, false) AS estimated
FROM results AS r
JOIN unit_spells AS u ON u.unit = r.unit AND r.month BETWEEN u.first_month AND u.last_month
JOIN indicators_in(strftime(getvariable('this_month'), '%Y-%m')) AS i ON i.code = r.code
JOIN cohorts AS k ON k.cohort = r.cohort
LEFT JOIN provenances AS p ON p.provenance = r.provenance
WHERE r.month BETWEEN months_before(getvariable('this_month'), 24) AND getvariable('this_month');

-- Results of the same months that have a status, such as withheld, in place of a figure.
CREATE TEMP TABLE stated_results AS
SELECT v.unit, u.name AS unit_name, u.parent, v.code, i.name || k.words AS name, i.data_period, i.supplied,
       v.cohort, v.month, v.status
FROM result_versions AS v
JOIN unit_spells AS u ON u.unit = v.unit AND v.month BETWEEN u.first_month AND u.last_month
JOIN indicators AS i ON i.code = v.code
JOIN cohorts AS k ON k.cohort = v.cohort
WHERE v.last_load = end_of_loads() AND v.status IS NOT NULL
  AND v.month BETWEEN months_before(getvariable('this_month'), 24) AND getvariable('this_month');

-- The finished results of the same months: nothing adds, subtracts or counts what they are made of.
CREATE TEMP TABLE finished_results AS
SELECT v.unit, u.name AS unit_name, u.parent, v.code, i.name || k.words AS name, i.polarity, i.data_period,
       i.format, i.supplied, i.comparable_from, v.cohort, v.month, v.result, v.result_places, false AS added_up,
       coalesce(p.footnote IS NOT NULL, false) AS estimated
FROM given_as_at(NULL) AS v
JOIN unit_spells AS u ON u.unit = v.unit AND v.month BETWEEN u.first_month AND u.last_month
JOIN indicators_in(strftime(getvariable('this_month'), '%Y-%m')) AS i ON i.code = v.code
JOIN cohorts AS k ON k.cohort = v.cohort
LEFT JOIN provenances AS p ON p.provenance = v.provenance
WHERE v.result IS NOT NULL
  AND v.month BETWEEN months_before(getvariable('this_month'), 24) AND getvariable('this_month');

-- Every figure that came in these months, added up here or supplied finished.
CREATE TEMP VIEW came AS
SELECT unit, unit_name, parent, code, name, cohort, month, added_up, estimated FROM recent
UNION ALL
SELECT unit, unit_name, parent, code, name, cohort, month, added_up, estimated FROM finished_results;

-- What has a row of the month, be it a figure or not.
CREATE TEMP TABLE arrived AS
SELECT unit, code, cohort FROM came WHERE month = getvariable('this_month')
UNION
SELECT unit, code, cohort FROM stated_results WHERE month = getvariable('this_month');

-- What this month should hold because last month did, or at least half of the twelve months before,
-- and does not. No unit is expected to have a sum.
CREATE TEMP TABLE missing AS
WITH stored AS (
    SELECT DISTINCT month FROM came
    WHERE month < getvariable('this_month')
      AND month >= year_before(getvariable('this_month'))
)
SELECT unit, any_value(unit_name) AS unit_name, any_value(parent) AS parent, code,
       any_value(name) AS name, cohort, max(month) AS last_seen, bool_and(estimated) AS estimated
FROM came
WHERE month IN (FROM stored) AND NOT added_up
  AND unit IN (SELECT unit FROM units_in(strftime(getvariable('this_month'), '%Y-%m')))
GROUP BY unit, code, cohort
HAVING (max(month) = getvariable('last_month')
        OR 2 * count(DISTINCT month) >= (SELECT count(*) FROM stored))
   AND (unit, code, cohort) NOT IN (SELECT (unit, code, cohort) FROM arrived);

-- Each figure of a unit beside the sum of the units directly below it: `place` is 'num' or 'denom'.
-- Where a part is missing there is nothing to compare. Of this month and the twelve before.
CREATE TEMP TABLE reconciled AS
WITH figures AS (
    SELECT *, 'num' AS place, num AS figure FROM recent WHERE month >= year_before(getvariable('this_month'))
    UNION ALL
    SELECT *, 'denom', denom FROM recent
    WHERE denom IS NOT NULL AND month >= year_before(getvariable('this_month'))
),
summed AS (
    SELECT w.unit, w.code, w.cohort, w.month, w.place, any_value(w.figure) AS reported,
           sum(p.figure) AS parts,
           list(DISTINCT p.unit_kind || 's' ORDER BY p.unit_kind || 's') AS part_kinds,
           any_value(w.estimated) OR bool_or(p.estimated) AS estimated
    FROM figures AS w
    JOIN figures AS p ON p.parent = w.unit AND p.code = w.code AND p.cohort = w.cohort
        AND p.month = w.month AND p.place = w.place
    WHERE (w.unit, w.code, w.cohort) NOT IN (
        SELECT (parent, code, cohort) FROM missing WHERE parent IS NOT NULL)
      AND (w.unit, w.code, w.cohort, w.month) NOT IN (
          SELECT (parent, code, cohort, month) FROM stated_results
          WHERE parent IS NOT NULL AND status <> 'not_applicable')
    GROUP BY w.unit, w.code, w.cohort, w.month, w.place
)
SELECT *, reported - parts AS residual, listed(part_kinds) AS part_words FROM summed;

-- This month's and last month's residuals on one row; `of_cohort` names the cohort where it isn't all children;
-- `lasting` is 'every month' where each earlier month that can be compared has a residual with the same sign, 'new'
-- where one has not, and NULL where there is no earlier month, or only estimated ones, which were made to add up.
CREATE TEMP TABLE residuals AS
WITH earlier AS (
    SELECT now.unit, now.code, now.cohort, now.place,
           count(*) AS compared,
           count(*) FILTER (sign(before.residual) = sign(now.residual)) AS alike
    FROM reconciled AS now
    JOIN reconciled AS before USING (unit, code, cohort, place)
    WHERE now.month = getvariable('this_month') AND before.month < now.month
      AND (now.estimated OR NOT before.estimated)
    GROUP BY ALL
)
SELECT u.name AS unit_name, u.parent, i.name, i.format, this.*,
       CASE WHEN this.cohort <> 'all' THEN k.words || ',' ELSE '' END AS of_cohort,
       last.reported AS last_reported, last.parts AS last_parts,
       coalesce(last.residual, 0) AS last_residual,
       CASE WHEN e.compared = e.alike THEN 'every month' WHEN e.compared > 0 THEN 'new' END
           AS lasting
FROM reconciled AS this
JOIN units AS u ON u.unit = this.unit
JOIN indicators AS i ON i.code = this.code
JOIN cohorts AS k ON k.cohort = this.cohort
LEFT JOIN reconciled AS last
    ON last.unit = this.unit AND last.code = this.code AND last.cohort = this.cohort
    AND last.place = this.place AND last.month = getvariable('last_month')
LEFT JOIN earlier AS e
    ON e.unit = this.unit AND e.code = this.code AND e.cohort = this.cohort
    AND e.place = this.place
WHERE this.month = getvariable('this_month')
  AND (this.residual <> 0 OR coalesce(last.residual, 0) <> 0);

-- The figures that differ from the sum of their parts, where the unit above confirms that sum: with the sum in place of
-- the figure, the residual of the unit above is 0 too.
CREATE TEMP TABLE contradicted AS
SELECT middle.unit, middle.unit_name, middle.of_cohort, middle.code, middle.name, middle.cohort, middle.place,
       middle.month, middle.reported, middle.parts, middle.part_words,
       top.unit_name AS top_name, top.unit AS top_unit, top.reported AS top_reported,
       top.parts AS top_parts, top.part_words AS top_part_words,
       middle.last_reported, middle.last_parts, top.last_reported AS top_last_reported,
       middle.last_residual <> 0 AND top.last_residual = -middle.last_residual AS last_too,
       middle.estimated OR top.estimated AS estimated
FROM residuals AS middle
JOIN residuals AS top
    ON top.unit = middle.parent AND top.code = middle.code AND top.cohort = middle.cohort
    AND top.place = middle.place
WHERE middle.residual <> 0 AND top.residual = -middle.residual;

-- The monthly values up to last month with their limits. Not those of an indicator with a
-- step this month: its earlier months say nothing of this month.
CREATE TEMP TABLE charts AS
FROM monthly_values((SELECT list(unit) FROM units), strftime(getvariable('last_month'), '%Y-%m'))
WHERE counted AND code NOT IN (SELECT code FROM steps WHERE month = getvariable('this_month'));

-- For each result of this month what its own earlier months say.
--   value          its own result (own_value); there is none of a finished rolling figure, before a change of
--                  definition, and where the denominator is 0
--   points, denom_mean   of all earlier months
--   year_low, year_high   of the twelve months before
--   before         last month's value
--   result_places, before_places, low_places, high_places   the decimals that value, before, year_low and year_high
--                  were given with; NULL of those that were counted
--   chart_points mean moving_range expected_from expected_to   what they allow, as in process_limits of
--                  last month; NULL where these months are too few for limits
--   history_estimated   one of the earlier months is an estimate
CREATE TEMP TABLE history AS
WITH valued AS (
    SELECT * EXCLUDE (comparable_from),
           CASE WHEN month >= year_before(getvariable('this_month'))
                THEN coalesce(CAST(result AS DECIMAL(38, 10)), own_value(format, num, denom)) END AS value
    FROM (FROM recent UNION ALL BY NAME FROM finished_results)
    WHERE supplied <> 'window' AND coalesce(month >= comparable_from, true) AND has_value(format, denom, result)
),
summary AS (
    SELECT unit, code, cohort, count(*) AS points, avg(CAST(denom AS DOUBLE)) AS denom_mean,
           min(value) AS year_low, max(value) AS year_high,
           arg_min({'given': result_places}, value).given AS low_places,
           arg_max({'given': result_places}, value).given AS high_places,
           bool_or(estimated) AS history_estimated
    FROM valued WHERE month < getvariable('this_month')
    GROUP BY unit, code, cohort
)
SELECT r.*, h.* EXCLUDE (unit, code, cohort), c.value AS before, c.result_places AS before_places, c.points AS chart_points,
       c.process.mean AS mean, c.process.moving_range AS moving_range, c.process.lower AS lower,
       c.process.upper AS upper, least_possible(c.process.lower) AS expected_from,
       most_possible(c.process.upper, r.format) AS expected_to
FROM valued AS r JOIN summary AS h USING (unit, code, cohort)
LEFT JOIN charts AS c
    ON c.unit = r.unit AND c.code = r.code AND c.cohort = r.cohort AND c.month = getvariable('last_month')
WHERE r.month = getvariable('this_month');

-- Each stock whose flows `flows` (from params/checks.yml) names, where last month plus starts less
-- ends is not this month.
CREATE TEMP TABLE carried AS
WITH held AS (
    SELECT stock.unit, stock.unit_name, stock.parent, stock.code, stock.month,
           before.num AS opening, starts.num AS started, ends.num AS ended, stock.num AS closing,
           before.num + starts.num - ends.num - stock.num AS residual,
           stock.estimated OR before.estimated OR starts.estimated OR ends.estimated AS estimated
    FROM flows AS f
    JOIN recent AS stock ON stock.code = f.stock
    JOIN recent AS before
        ON before.unit = stock.unit AND before.code = stock.code AND before.cohort = stock.cohort
        AND before.month = months_before(stock.month, 1)
    JOIN recent AS starts
        ON starts.unit = stock.unit AND starts.code = f.starts AND starts.cohort = stock.cohort
        AND starts.month = stock.month
    JOIN recent AS ends
        ON ends.unit = stock.unit AND ends.code = f.ends AND ends.cohort = stock.cohort
        AND ends.month = stock.month
    WHERE stock.cohort = 'all' AND stock.month >= year_before(getvariable('this_month'))
),
earlier AS (
    SELECT now.unit, now.code, count(*) AS compared,
           count(*) FILTER (sign(past.residual) = sign(now.residual)) AS alike
    FROM held AS now JOIN held AS past USING (unit, code)
    WHERE now.month = getvariable('this_month') AND past.month < now.month
      AND (now.estimated OR NOT past.estimated)
    GROUP BY ALL
)
SELECT h.unit, h.parent, h.code, h.estimated,
       h.unit_name || ': ' || plain(opening) || ' + ' || plain(started) || ' − ' || plain(ended) || ' = '
       || CASE WHEN opening + started < ended THEN '−' ELSE '' END
       || plain(abs(opening + started - ended)) || ', reported ' || plain(closing) || '.' AS says,
       CASE WHEN e.compared = e.alike THEN 'every month' WHEN e.compared > 0 THEN 'new' END AS lasting,
       CAST(abs(residual) AS DOUBLE) / sqrt(CAST(greatest(closing, 1) AS DOUBLE)) AS weight
FROM held AS h LEFT JOIN earlier AS e USING (unit, code)
WHERE h.month = getvariable('this_month') AND residual <> 0;

-- The county's rated results of this month with the text of their commentary, if any; from
-- `commentary`, which holds every commentary file up to this month.
CREATE TEMP TABLE exceptions AS
SELECT f.unit, u.name AS unit_name, f.code, i.name, f.polarity, f.format, f.rating, f.result,
       f.shown, f.shown_places, f.precise, f.places, c.path, c.text
FROM figures AS f
JOIN units AS u ON u.unit = f.unit
JOIN indicators_in(strftime(getvariable('this_month'), '%Y-%m')) AS i ON i.code = f.code
LEFT JOIN commentary AS c ON c.code = f.code AND c.month = f.month
WHERE u.parent IS NULL AND f.cohort = 'all' AND f.month = getvariable('this_month');

-- The texts of this month with the codes of the indicators that each is about: commentary on a rated result of
-- the county, and overviews of a section, which have no `code`; `name` is that of the file.
CREATE TEMP TABLE texts AS
SELECT unit, code, code AS name, [code] AS codes, path, text FROM exceptions WHERE text IS NOT NULL
UNION ALL
SELECT any_value(u.unit), NULL, c.code, list(i.code), c.path, any_value(c.text)
FROM commentary AS c
JOIN indicators_in(strftime(getvariable('this_month'), '%Y-%m')) AS i ON i.section = c.section
CROSS JOIN (SELECT unit FROM units WHERE parent IS NULL) AS u
WHERE c.month = getvariable('this_month')
GROUP BY c.code, c.path;
