-- Loaded files lead from what stands to what they say, of the results that they speak of.
CREATE OR REPLACE TEMP VIEW earlier AS
SELECT month, unit, code, cohort, num, denom, provenance FROM standing;
CREATE OR REPLACE TEMP VIEW later AS
SELECT month, unit, code, cohort, num, denom, provenance FROM loaded;
CREATE OR REPLACE TEMP VIEW stood AS SELECT DISTINCT month FROM standing;
