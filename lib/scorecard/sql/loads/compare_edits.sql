-- Edits by hand lead from what is recorded to what stands.
CREATE OR REPLACE TEMP VIEW earlier AS FROM recorded;
CREATE OR REPLACE TEMP VIEW later AS
SELECT month, unit, code, cohort, num, denom, provenance FROM standing;
CREATE OR REPLACE TEMP VIEW stood AS SELECT DISTINCT month FROM recorded;
