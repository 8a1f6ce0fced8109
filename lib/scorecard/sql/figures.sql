-- Every figure over its data period, rated and rounded, worked out once when the store is built:
-- columns as in macros/periods.sql. The macros that answer questions look up here, so that they
-- answer in milliseconds and can't differ from one another.
CREATE TABLE figures AS
FROM rated_results(
    (SELECT list(unit ORDER BY position) FROM units),
    (SELECT min(month) FROM results),
    (SELECT max(month) FROM results)
)
ORDER BY unit, code, cohort, month;

-- The same over the last three months, for the indicators that have such a figure.
CREATE TABLE short_term_figures AS
FROM rated_results(
    (SELECT list(unit ORDER BY position) FROM units),
    (SELECT min(month) FROM results),
    (SELECT max(month) FROM results),
    short_term := true
)
ORDER BY unit, code, cohort, month;
