-- A cohort is part of the whole: numerator and denominator can't exceed those of all children.
SELECT e.file, e.row, c.place AS "column",
       'the ' || c.word || ' of cohort `' || e.cohort || '`, ' || c.part || ', is above the ' || c.word || ' of all, '
           || c.whole || ' (' || place_of(a.file, a.row, e.file) || ').' AS problem,
       'Check both figures at their source.' AS remedy
FROM staged_results AS e
JOIN staged_results AS a
    ON a.month = e.month AND a.unit = e.unit AND a.code = e.code AND a.cohort = 'all',
LATERAL (VALUES ('num', 'numerator', e.num, a.num), ('denom', 'denominator', e.denom, a.denom))
    AS c (place, word, part, whole)
WHERE e.cohort <> 'all' AND NOT is_finished(a.denom) AND NOT is_finished(e.denom) AND figure(c.part) > figure(c.whole)
