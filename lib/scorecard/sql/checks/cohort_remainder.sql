-- title: Cohorts that leave impossible counts for the other children
-- group: reconciliation
-- grade: stops
-- rank: 3
-- remedy: Compare the two rows; one of them counts the wrong children. The other children
--   can't have more cases in a numerator than in its denominator.
--
-- All children minus a cohort are a cohort too, the others: its numerator can't exceed its denominator. (The
-- loader makes sure that no figure of the cohort exceeds the whole.)
SELECT a.unit, a.code,
       a.unit_name || ', ' || a.name || ': ' || plain(a.num) || ' of ' || plain(a.denom) || ' in all, '
       || plain(e.num) || ' of ' || plain(e.denom) || ' of cohort `' || e.cohort || '`; that leaves '
       || plain(a.num - e.num) || ' of ' || plain(a.denom - e.denom) || ' for the others.' AS says
FROM recent AS a
JOIN recent AS e USING (unit, code, month)
WHERE a.cohort = 'all' AND e.cohort <> 'all' AND a.month = getvariable('this_month')
  AND is_part_of_whole(a.format) AND a.num - e.num > a.denom - e.denom
