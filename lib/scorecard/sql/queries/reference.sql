-- What the pages of $month show of data/reference: of each file the rows that concern them, as text. The month of
-- the previous report is $since.
-- Of the targets those in force in a month with results up to $month, since a rating may be as old; of the
-- comparators those that hold in it; of the steps those that part the values that limits rest on.
SELECT 'units' AS file, CAST(u AS VARCHAR) AS row
FROM (
    SELECT * EXCLUDE (last_month) REPLACE (row_number() OVER (ORDER BY position) AS position)
    FROM units_in($month)
) AS u
UNION ALL
SELECT 'indicators', CAST(i AS VARCHAR)
FROM (
    SELECT i.* REPLACE (row_number() OVER (ORDER BY i.position) AS position)
    FROM indicators AS i SEMI JOIN indicators_in($month) AS t ON t.code = i.code
) AS i
UNION ALL
SELECT 'changes', CAST(t AS VARCHAR)
FROM (
    SELECT code, CASE WHEN added > page_opens(month_start($month)) THEN added END AS added, comparable_from, amended
    FROM indicators_in($month)
) AS t
UNION ALL
-- What was retired since the first month that the pages show counts where small numbers are withheld.
SELECT DISTINCT 'changes', code FROM indicator_spells
WHERE first_month <= month_start($month) AND last_month >= page_opens(month_start($month))
UNION ALL
SELECT 'changes', CAST(c AS VARCHAR)
FROM (SELECT * EXCLUDE (position) FROM catalogue_changes($month, since := $since)) AS c
UNION ALL
SELECT 'targets', CAST(t AS VARCHAR) FROM targets AS t
WHERE valid_from <= month_start($month) AND NOT EXISTS (
    FROM targets AS later
    WHERE later.code = t.code AND later.valid_from > t.valid_from
      AND later.valid_from <= (SELECT min(month) FROM result_versions)
)
UNION ALL
SELECT 'comparators', CAST(c AS VARCHAR) FROM (
    FROM comparators WHERE valid_from <= month_start($month)
    QUALIFY row_number() OVER (PARTITION BY code, comparator ORDER BY valid_from DESC) = 1
) AS c
UNION ALL
SELECT 'cohorts', CAST(c AS VARCHAR) FROM cohorts AS c WHERE dimension IS NOT NULL
UNION ALL
SELECT 'steps', CAST(s AS VARCHAR) FROM steps AS s
WHERE month <= month_start($month) AND month > months_before(month_start($month), points_counted())
UNION ALL
SELECT 'provenance', CAST(p AS VARCHAR) FROM provenances AS p
UNION ALL
SELECT 'period_provenance', CAST(p AS VARCHAR) FROM period_provenances AS p
WHERE month BETWEEN page_opens(month_start($month)) AND month_start($month)
ORDER BY ALL;
