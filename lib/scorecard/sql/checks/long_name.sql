-- title: Names too long for the title of a chart
-- group: catalogue
-- grade: information
-- rank: 62
-- remedy: Write a shorter one in the column short_name of data/reference/indicators.csv. Tables and headings keep
--   the full name.
--
-- The title of a chart has at most 15 words (FITS in report/titles.py). More than seven of them in the name leave
-- too few to say what happened.
WITH counted AS (
    SELECT *, len(string_split_regex(trim(short_name), '\s+')) AS words
    FROM indicators_in(strftime(getvariable('this_month'), '%Y-%m'))
)
SELECT NULL AS unit, code,
       'data/reference/indicators.csv, row ' || file_row || ', column '
       || CASE WHEN short_name = name THEN 'name' ELSE 'short_name' END || ': “' || short_name || '” has '
       || words || ' words. The titles of its charts have room for 7.' AS says,
       words AS weight
FROM counted WHERE words > 7
