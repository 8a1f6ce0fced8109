-- A national file of all councils: of those it names, only the units here are read. Numerator and
-- denominator are the numbers of two rows. Its year ends in March. A number that is withheld (`c`) or not
-- available (`x`) gives no result.
SELECT part.row, part.time_period || '-03' AS month, units.unit, 'b2' AS code, 'all' AS cohort,
       part.number AS num, whole.number AS denom, 'supplied' AS provenance
FROM sheet AS part
JOIN sheet AS whole USING (time_period, geographic_level, la_name)
JOIN units ON units.name = part.la_name
WHERE part.geographic_level = 'Local authority'
  AND part.breakdown = '3 or more placements' AND whole.breakdown = 'Total'
  AND part.number NOT IN ('c', 'x') AND whole.number NOT IN ('c', 'x')
