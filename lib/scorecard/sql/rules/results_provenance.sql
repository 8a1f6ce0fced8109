-- Where provenance.csv explains provenances, a result has one of them: a misspelt one would lose the
-- marker of an estimate.
SELECT file, row, 'provenance' AS "column",
       CASE WHEN provenance IS NULL THEN 'the provenance is missing.'
            ELSE 'unknown provenance `' || provenance || '`.' END AS problem,
       CASE WHEN provenance IS NULL THEN 'Name one of provenance.csv.'
            ELSE did_you_mean(provenance, (SELECT list(provenance) FROM staged_provenance)) END AS remedy
FROM staged_results
WHERE EXISTS (FROM staged_provenance)
  AND (provenance IS NULL OR provenance NOT IN (
      SELECT provenance FROM staged_provenance WHERE provenance IS NOT NULL))
