-- title: Commentary that no page shows
-- group: catalogue
-- grade: information
-- rank: 61
-- remedy: Delete the file, or rename it after the indicator or section it is about.
SELECT NULL AS unit, c.code,
       c.path || ' is not shown: '
       || CASE WHEN c.section IS NOT NULL
               THEN 'no indicator of that section is in the catalogue for '
                    || month_words(getvariable('this_month')) || '.'
               WHEN i.code IS NULL THEN 'there is no indicator `' || c.code || '`.'
               WHEN t.code IS NULL
               THEN i.name || ' is not in the catalogue for ' || month_words(getvariable('this_month')) || '.'
               ELSE i.name || ' is an activity measure, and commentary is on indicators.' END AS says
FROM commentary AS c LEFT JOIN indicators AS i ON i.code = c.code
LEFT JOIN indicators_in(strftime(getvariable('this_month'), '%Y-%m')) AS t ON t.code = c.code
WHERE c.month = getvariable('this_month')
  AND NOT coalesce(t.polarity IS NOT NULL, false)
  AND (c.section IS NULL OR c.section NOT IN (
      SELECT section FROM indicators_in(strftime(getvariable('this_month'), '%Y-%m'))))
