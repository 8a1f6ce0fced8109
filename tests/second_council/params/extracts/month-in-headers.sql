-- Headers that say what is counted and when: `Contacts Jul-24`, `Open cases at 31/07/2024`. The month is
-- found in the header behind the other words.
SELECT row, header AS month, Team AS unit,
       CASE WHEN header LIKE 'Contacts %' THEN 'f1' WHEN header LIKE 'Open cases %' THEN 's1' END AS code,
       'all' AS cohort, num, NULL AS denom, 'supplied' AS provenance
FROM (UNPIVOT sheet ON COLUMNS('^(Contacts|Open cases) ') INTO NAME header VALUE num)
