-- title: A stock of last month that differs from the figure of its own file
-- group: completeness
-- grade: look
-- rank: 12
-- remedy: Ask why the earlier figure was changed, and say so: the change since last month depends on it.
--
-- What was first loaded for last month against its figure now. A rolling figure is not a
-- stock: late records change it every month.
SELECT r.unit, r.code, 'last month' AS reading,
       r.unit_name || ', ' || r.name || ': ' || month_words(r.month) || ' was '
       || plain(first.num) || coalesce(' of ' || plain(first.denom), '') || ' when it was loaded and is '
       || plain(r.num) || coalesce(' of ' || plain(r.denom), '') || ' now.' AS says,
       r.estimated,
       CAST(abs(r.num - first.num) AS DOUBLE) / sqrt(CAST(greatest(first.num, 1) AS DOUBLE)) AS weight
FROM recent AS r
JOIN result_versions AS first
    ON first.unit = r.unit AND first.code = r.code AND first.cohort = r.cohort
    AND first.month = r.month
WHERE r.month = getvariable('last_month') AND is_stock(r.data_period) AND NOT r.added_up
  AND first.first_load = (
      SELECT min(v.first_load) FROM result_versions AS v
      WHERE v.unit = r.unit AND v.code = r.code AND v.cohort = r.cohort AND v.month = r.month)
  AND (first.num, first.denom) IS DISTINCT FROM (r.num, r.denom)
