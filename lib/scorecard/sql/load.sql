-- Staged text becomes typed rows. Runs only when no rule found a fault, so every cast holds.

INSERT INTO units
SELECT row - 1, unit, name, kind, parent FROM staged_units ORDER BY row;

INSERT INTO indicators
SELECT row - 1, code, section, name, polarity, data_period, format, supplied,
       CAST(comparable_from || '-01' AS DATE), definition, data_source
FROM staged_indicators ORDER BY row;

INSERT INTO targets
SELECT code, CAST(valid_from || '-01' AS DATE), figure(target), figure(floor),
       figure(green_within), figure(amber_within), note
FROM staged_targets ORDER BY row;

INSERT INTO provenances SELECT provenance, marker, count_marker, footnote FROM staged_provenance ORDER BY row;

INSERT INTO period_provenances
SELECT unit, code, cohort, CAST(month || '-01' AS DATE), data_period, provenance
FROM staged_period_provenance ORDER BY row;

-- Sorted as the macros read: DuckDB then skips the blocks that can't hold a unit and indicator.
INSERT INTO results
SELECT unit, code, cohort, CAST(month || '-01' AS DATE), figure(num), figure(denom), provenance
FROM staged_results ORDER BY unit, code, cohort, month;

INSERT INTO supplied_places
SELECT code, max(decimals(num)), coalesce(max(decimals(denom)), 0) FROM results GROUP BY code;
