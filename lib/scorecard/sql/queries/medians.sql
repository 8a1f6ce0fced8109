-- Of each rated indicator of council $own: the median of the results that the councils $among publish, over the same
-- indicator, which is one of the same code, name, polarity, data period and format. $councils are the councils whose
-- packs' figures are in $files. Counts are left out, since councils differ in size, and so are estimates. There is no
-- median of fewer than $at_least.
--
--   result   half of the sum of the two in the middle, with at most four decimals
--   number   how many councils it is of
--   names    who they are
WITH figures AS (
    SELECT list_extract($councils, list_position($files, file)) AS folder, * EXCLUDE (file)
    FROM read_parquet($files, filename := 'file') WHERE parent IS NULL AND format <> 'count'
),
compared AS (
    SELECT o.code, o.data_period, list_sort(list(f.result)) AS results, list(f.council ORDER BY f.council) AS names
    FROM figures AS o JOIN figures AS f USING (code, name, polarity, data_period, format)
    WHERE o.folder = $own AND list_contains($among, f.folder) AND f.status = 'available' AND f.result IS NOT NULL
      AND NOT f.estimated
    GROUP BY ALL
)
SELECT code, data_period, len(results) AS number, names,
       CAST((results[(len(results) + 1) // 2] + results[len(results) // 2 + 1]) * 0.5 AS DECIMAL(18, 4)) AS result
FROM compared WHERE len(results) >= $at_least ORDER BY code;
