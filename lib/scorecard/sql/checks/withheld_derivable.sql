-- title: Figures that were withheld, and can be worked out from others
-- group: reconciliation
-- grade: look
-- rank: 4
-- remedy: Ask the supplier who withheld the figure. Pages withhold another one with it if params/disclosure.yml is
--   there; without it, leave out the figure of the unit above or of another unit below it.
--
-- Of the units directly below one that reports a figure of its own, one says `withheld` and all others that report
-- have a figure: it is the difference. No difference is known where a figure is missing, or was supplied finished: the
-- result of the unit above (it is not in `recent` then) or of another unit below it.
SELECT s.unit, s.code,
       any_value(s.unit_name) || ', ' || any_value(s.name) || ', is withheld, and is what ' || any_value(w.unit_name)
       || ' reports less the other units directly below it.' AS says
FROM stated_results AS s
JOIN recent AS w ON w.unit = s.parent AND w.code = s.code AND w.cohort = s.cohort AND w.month = s.month
WHERE s.month = getvariable('this_month') AND s.status = 'withheld'
  AND (SELECT count(*) FROM stated_results AS o
       WHERE o.parent = s.parent AND o.code = s.code AND o.cohort = s.cohort AND o.month = s.month
         AND o.status <> 'not_applicable') = 1
  AND (s.parent, s.code, s.cohort) NOT IN (
      SELECT (parent, code, cohort) FROM missing WHERE parent IS NOT NULL
      UNION ALL
      SELECT (parent, code, cohort) FROM finished_results
      WHERE parent IS NOT NULL AND month = getvariable('this_month'))
GROUP BY s.unit, s.code
