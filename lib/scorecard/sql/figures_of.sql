-- Works out the figures of the first slice of units that is left, and inserts them in the order in which the macros
-- read them.
CREATE OR REPLACE TEMP TABLE wanted AS
FROM figures_wanted((SELECT list(unit) FROM slices WHERE slice = (SELECT min(slice) FROM slices))) AS w
WHERE month IN (FROM whole_months)
   OR (unit, code, cohort, month, short_term) IN (SELECT (unit, code, cohort, month, short_term) FROM stale);
CREATE OR REPLACE TEMP TABLE rated AS FROM rated_results('wanted');
CREATE OR REPLACE TEMP VIEW rated_over_period AS SELECT * EXCLUDE (short_term) FROM rated WHERE NOT short_term;
CREATE OR REPLACE TEMP VIEW rated_short_term AS SELECT * EXCLUDE (short_term) FROM rated WHERE short_term;

INSERT INTO figure_versions
FROM with_revisions('rated_over_period') ORDER BY unit, code, cohort, month, first_load;
INSERT INTO short_term_figure_versions
FROM with_revisions('rated_short_term', only_own := true) ORDER BY unit, code, cohort, month, first_load;

DROP VIEW rated_over_period;
DROP VIEW rated_short_term;
DROP TABLE rated;
DROP TABLE wanted;
DELETE FROM slices WHERE slice = (SELECT min(slice) FROM slices);
