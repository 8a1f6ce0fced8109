-- title: Figures that are added up now and were supplied last month
-- group: completeness
-- grade: look
-- rank: 22
-- remedy: Ask for the unit's own row if it should have come. Its own counts cases that no unit below
--   holds; the sum does not.
--
-- A sum in place of a result of its own: the two need not count the same.
SELECT this.unit, this.code,
       this.unit_name || ', ' || this.name || ': added up to ' || plain(this.num)
       || coalesce(' of ' || plain(this.denom), '') || ' from the units below; '
       || month_words(last.month) || ' was supplied, ' || plain(last.num) || coalesce(' of ' || plain(last.denom), '')
       || '.' AS says,
       this.estimated
FROM recent AS this
JOIN recent AS last USING (unit, code, cohort)
WHERE this.month = getvariable('this_month') AND last.month = getvariable('last_month')
  AND this.added_up AND NOT last.added_up
QUALIFY row_number() OVER (PARTITION BY unit, code ORDER BY cohort <> 'all', cohort) = 1
