-- A provenance has one row.
SELECT file, row, 'provenance' AS "column",
       CASE WHEN provenance IS NULL THEN 'the provenance is missing.'
            ELSE 'provenance `' || provenance || '` is here a second time.' END AS problem,
       'Name each provenance once.' AS remedy
FROM staged_provenance
QUALIFY provenance IS NULL OR row_number() OVER (PARTITION BY provenance ORDER BY row) > 1
