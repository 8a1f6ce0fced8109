-- For each council and each group of councils that it is compared with: of each rated indicator that the council
-- publishes, the median of the results that those of the group publish, over the same indicator, which is one of the
-- same code, name, polarity, data period and format. $councils are the councils whose packs' figures are in $files.
-- $groups are the groups: `name`, `members`, and `readers`, who are compared with it. Counts are left out, since
-- councils differ in size, and so are estimates. There is no median of fewer than $at_least.
--
--   council      who is compared
--   comparator   the name of the group
--   result       half of the sum of the two in the middle, with at most four decimals
--   number       how many councils it is of
--   names        who they are
WITH figures AS MATERIALIZED (
    SELECT list_extract($councils, list_position($files, file)) AS folder, council, code, name, polarity, data_period,
           format, result, status = 'available' AND result IS NOT NULL AND NOT estimated AS counts
    FROM read_parquet($files, filename := 'file') WHERE parent IS NULL AND format <> 'count'
),
groups AS (
    SELECT row_number() OVER () AS place, g.name AS comparator, g.members, g.readers
    FROM (SELECT unnest($groups) AS g)
),
results AS (
    SELECT place, code, name, polarity, data_period, format, list_sort(list(result)) AS results,
           list(council ORDER BY council) AS names
    FROM (SELECT place, unnest(members) AS folder FROM groups) JOIN figures USING (folder)
    WHERE counts GROUP BY ALL HAVING count(*) >= $at_least
)
SELECT folder AS council, comparator, code, data_period, len(results) AS number, names,
       CAST((results[(len(results) + 1) // 2] + results[len(results) // 2 + 1]) * 0.5 AS DECIMAL(18, 4)) AS result
FROM (SELECT place, comparator, unnest(readers) AS folder FROM groups) JOIN figures USING (folder)
     JOIN results USING (place, code, name, polarity, data_period, format)
ORDER BY folder, place, code;
