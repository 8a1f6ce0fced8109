-- A sentence counts one result or several: it needs both phrases, or none.
SELECT file, row, CASE WHEN phrase_one IS NULL THEN 'phrase_one' ELSE 'phrase_many' END AS "column",
       'provenance `' || provenance || '` has one phrase without the other.' AS problem,
       'Write both, such as `is an estimate` and `are estimates`, or none.' AS remedy
FROM staged_provenance
WHERE provenance IS NOT NULL AND (phrase_one IS NULL) <> (phrase_many IS NULL)
