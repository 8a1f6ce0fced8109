-- Staged reference data becomes typed rows. Runs only when no rule found a fault, so every cast holds.

INSERT INTO units
SELECT row - 1, unit, n.name, kind, parent
FROM latest_units JOIN unit_names('latest_units') AS n USING (unit) ORDER BY row;

INSERT INTO unit_spells
SELECT s.row - 1, s.unit, coalesce(u.name, s.name), s.kind, s.parent,
       coalesce(CAST(s.first_month || '-01' AS DATE), DATE '0001-01-01'),
       coalesce(CAST(s.last_month || '-01' AS DATE), DATE '9999-12-01')
FROM staged_units AS s
LEFT JOIN units AS u ON u.unit = s.unit AND u.position = s.row - 1
ORDER BY s.row;

-- Those of a section one after the other, wherever their rows are in the file.
INSERT INTO indicators
SELECT row_number() OVER (ORDER BY section_row, row) - 1, code, section, name, coalesce(short_name, name), polarity, data_period,
       CASE WHEN above_100 = 'yes' THEN 'percent_above_100' ELSE format END, supplied,
       CAST(comparable_from || '-01' AS DATE), definition, data_source, counted_as, others_are,
       coalesce(added_up = 'yes', false), row
FROM (SELECT *, min(row) OVER (PARTITION BY section) AS section_row FROM staged_indicators)
ORDER BY section_row, row;

INSERT INTO indicator_changes
SELECT code, CAST(month || '-01' AS DATE), change, reason, coalesce(recounted = 'yes', false), replaced_by
FROM staged_changes ORDER BY row;

INSERT INTO indicator_spells
WITH turns AS (
    SELECT code, month, change FROM indicator_changes WHERE NOT recounted
    UNION ALL
    SELECT code, comparable_from, 'comparable' FROM indicators WHERE comparable_from IS NOT NULL
    UNION ALL
    SELECT code, DATE '0001-01-01', 'added' FROM indicators
    WHERE code NOT IN (SELECT code FROM indicator_changes WHERE change <> 'amended'
                       GROUP BY code HAVING arg_min(change, month) = 'added')
),
placed AS (
    SELECT code, month, max(month) FILTER (change = 'added') AS added,
           max(month) FILTER (change = 'retired') AS retired,
           max(month) FILTER (change = 'amended') AS amended,
           max(month) FILTER (change IN ('amended', 'comparable')) AS comparable_from
    FROM turns GROUP BY code, month
)
SELECT code, month,
       coalesce(CAST(lead(month) OVER later - INTERVAL 1 MONTH AS DATE), DATE '9999-12-01'),
       nullif(max(added) OVER later, DATE '0001-01-01'), max(comparable_from) OVER later, max(amended) OVER later
FROM placed
WINDOW later AS (PARTITION BY code ORDER BY month)
QUALIFY max(added) OVER later >= coalesce(max(retired) OVER later, DATE '0001-01-01')
ORDER BY code, month;

INSERT INTO targets
SELECT code, CAST(valid_from || '-01' AS DATE), figure(target), figure(floor),
       figure(green_within), figure(amber_within), note, rationale
FROM staged_targets ORDER BY row;

INSERT INTO steps
SELECT code, CAST(month || '-01' AS DATE), reason FROM staged_steps ORDER BY row;

INSERT INTO comparators
SELECT row - 1, code, comparator, CAST(valid_from || '-01' AS DATE), period, figure(result), source
FROM staged_comparators ORDER BY row;

INSERT INTO cohorts
SELECT row - 1, cohort, dimension, name, exhaustive = 'yes', cohort_words(dimension, name)
FROM staged_cohorts ORDER BY row;

INSERT INTO provenances
SELECT provenance, marker, count_marker, footnote, phrase_one, phrase_many
FROM staged_provenance ORDER BY row;

INSERT INTO period_provenances
SELECT unit, code, cohort, CAST(month || '-01' AS DATE), data_period, provenance
FROM staged_period_provenance ORDER BY row;
