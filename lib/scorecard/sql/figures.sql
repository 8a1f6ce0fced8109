-- Every figure over its data period, rated and rounded, worked out once when the store is built, in
-- all its versions: columns as in macros/periods.sql and with_revisions (schema.sql). The macros that
-- answer questions look up here, so that they answer in milliseconds and can't differ.
CREATE TEMP TABLE rated AS
FROM rated_results(
    (SELECT list(unit ORDER BY position) FROM units),
    (SELECT min(month) FROM result_versions),
    (SELECT max(month) FROM result_versions)
);
CREATE TABLE figure_versions AS
FROM with_revisions('rated') ORDER BY unit, code, cohort, month, first_load;
DROP TABLE rated;

-- The same over the last three months, for the indicators that have such a figure.
CREATE TEMP TABLE rated AS
FROM rated_results(
    (SELECT list(unit ORDER BY position) FROM units),
    (SELECT min(month) FROM result_versions),
    (SELECT max(month) FROM result_versions),
    short_term := true
);
CREATE TABLE short_term_figure_versions AS
FROM with_revisions('rated', only_own := true) ORDER BY unit, code, cohort, month, first_load;
DROP TABLE rated;

-- The figures as they are now, and as they were after a load.
CREATE VIEW figures AS FROM figure_versions WHERE last_load = 2147483647;
CREATE VIEW short_term_figures AS FROM short_term_figure_versions WHERE last_load = 2147483647;
CREATE MACRO figures_as_at(as_at) AS TABLE
    FROM figure_versions WHERE load_as_at(as_at) BETWEEN first_load AND last_load;
CREATE MACRO short_term_figures_as_at(as_at) AS TABLE
    FROM short_term_figure_versions WHERE load_as_at(as_at) BETWEEN first_load AND last_load;
