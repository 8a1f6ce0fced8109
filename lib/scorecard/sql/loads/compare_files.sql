-- Loaded files: from the stored results to theirs, of the results that they have.
CREATE OR REPLACE TEMP VIEW earlier AS
SELECT month, unit, code, cohort, num, denom, provenance FROM stored;
CREATE OR REPLACE TEMP VIEW later AS
SELECT month, unit, code, cohort, num, denom, provenance FROM loaded;
CREATE OR REPLACE TEMP VIEW known_months AS SELECT DISTINCT month FROM stored;
