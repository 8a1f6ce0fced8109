-- Deletes rows that have only commas, which a spreadsheet leaves below a table. The other rows keep their row
-- numbers.
DELETE FROM staged_units WHERE coalesce(unit, name, kind, parent, first_month, last_month) IS NULL;
DELETE FROM staged_indicators
WHERE coalesce(code, section, name, polarity, data_period, format, supplied, comparable_from,
               definition, data_source, counted_as, others_are, added_up, above_100, short_name) IS NULL;
DELETE FROM staged_targets
WHERE coalesce(code, valid_from, target, floor, green_within, amber_within, note, rationale) IS NULL;
DELETE FROM staged_changes WHERE coalesce(code, month, change, reason, recounted, replaced_by) IS NULL;
DELETE FROM staged_steps WHERE coalesce(code, month, reason) IS NULL;
DELETE FROM staged_comparators
WHERE coalesce(code, comparator, valid_from, period, result, source) IS NULL;
DELETE FROM staged_cohorts WHERE coalesce(cohort, dimension, name, exhaustive) IS NULL;
DELETE FROM staged_provenance
WHERE coalesce(provenance, marker, count_marker, footnote, phrase_one, phrase_many) IS NULL;
DELETE FROM staged_period_provenance
WHERE coalesce(month, unit, code, cohort, data_period, provenance) IS NULL;
DELETE FROM staged_results
WHERE coalesce(month, unit, code, cohort, num, denom, provenance) IS NULL;
