-- The changed and removed results that differ most. A difference is weighed against the square root of the
-- greater figure, about as much as chance moves a count of that size: 100 → 140 weighs more than
-- 1 → 2, and 5000 → 5040 less than either. Of the numerator and denominator the heavier one counts.
SELECT c.month, n.name AS unit, c.code, i.name AS indicator, k.words AS cohort_words, i.format,
       c.num_before, c.denom_before, c.provenance_before,
       shown(result_top(i.format, figure(c.num_before)),
             result_bottom(i.format, figure(c.denom_before)), i.format) AS shown_before,
       c.num, c.denom, c.provenance,
       shown(result_top(i.format, figure(c.num)), result_bottom(i.format, figure(c.denom)), i.format)
           AS shown
FROM change AS c JOIN latest_units AS u USING (unit)
JOIN unit_names('latest_units') AS n USING (unit) JOIN staged_indicators AS i USING (code)
JOIN (SELECT cohort, cohort_words(dimension, name) AS words FROM staged_cohorts) AS k USING (cohort)
WHERE c.change <> 'added'
ORDER BY round(greatest(
             abs(coalesce(figure(c.num), 0) - figure(c.num_before))
                 / sqrt(greatest(figure(c.num), figure(c.num_before), 1)),
             coalesce(abs(coalesce(figure(c.denom), 0) - figure(c.denom_before))
                 / sqrt(greatest(figure(c.denom), figure(c.denom_before), 1)), 0)
         ), 9) DESC, c.month DESC, u.row, i.row, c.cohort
LIMIT $most;
