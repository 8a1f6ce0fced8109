-- Every month of which anything is staged.
CREATE TEMP TABLE touched AS
SELECT DISTINCT CAST(month || '-01' AS DATE) AS month
FROM (SELECT month FROM staged_results UNION ALL SELECT month FROM staged_ledger);
