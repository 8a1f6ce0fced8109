-- Where provenance.csv explains provenances, a result has one of them: a misspelt one would lose the
-- marker of an estimate. Without that file no two results have different provenances: else an
-- estimate would look like any other figure.
SELECT file, row, 'provenance' AS "column",
       CASE WHEN provenance IS NULL THEN 'the provenance is missing.'
            ELSE 'unknown provenance `' || provenance || '`.' END AS problem,
       CASE WHEN provenance IS NULL THEN 'Name one of provenance.csv.'
            ELSE did_you_mean(provenance, (SELECT list(provenance) FROM staged_provenance))
                 || put_back(file, provenance, 'provenance.csv') END AS remedy
FROM staged_results
WHERE EXISTS (FROM staged_provenance)
  AND (provenance IS NULL OR provenance NOT IN (
      SELECT provenance FROM staged_provenance WHERE provenance IS NOT NULL))
UNION ALL
SELECT file, row, 'provenance',
       'the provenance `' || provenance || '` is not the only one, and there is no file that explains it.',
       'Add data/reference/provenance.csv with a row for each provenance.'
FROM staged_results
WHERE provenance IS NOT NULL
  AND NOT EXISTS (FROM staged_provenance)
  AND (SELECT count(DISTINCT provenance) > 1
       FROM (SELECT provenance FROM staged_results
             UNION ALL SELECT provenance FROM staged_period_provenance))
