-- What a pack of $month says of each figure, in order of display, with the names of what it is about.
SELECT u.unit, u.name AS unit_name, i.code, i.name, i.format, cohort, k.words AS cohort_words, p.says
FROM pack_figures($month, as_at := $as_at) AS p
JOIN units_in($month) AS u USING (unit)
JOIN indicators AS i USING (code)
JOIN cohorts AS k USING (cohort)
ORDER BY u.position, i.position, k.position;
