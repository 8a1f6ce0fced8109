-- Contacts: one row an area, one column a month.
SELECT row, month, Team AS unit, 'f1' AS code, 'all' AS cohort, contacts AS num, NULL AS denom,
       'supplied' AS provenance
FROM (UNPIVOT sheet ON COLUMNS('^[A-Z][a-z]{2}-[0-9]{2}$') INTO NAME month VALUE contacts)
