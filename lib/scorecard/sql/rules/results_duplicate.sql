-- A month, unit, indicator and cohort have one result.
SELECT file, row, 'code' AS "column",
       'a second result for unit `' || unit || '`, indicator `' || code || '`, cohort `' || cohort || '`; the first is in row '
           || min(row) OVER same || '.' AS problem,
       'Delete one of the two rows.' AS remedy
FROM staged_results
WINDOW same AS (PARTITION BY file, month, unit, code, cohort)
QUALIFY row > min(row) OVER same
