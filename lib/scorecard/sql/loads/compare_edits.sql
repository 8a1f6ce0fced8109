-- Edits by hand: from the recorded results to the stored ones.
CREATE OR REPLACE TEMP VIEW earlier AS FROM recorded;
CREATE OR REPLACE TEMP VIEW later AS
SELECT month, unit, code, cohort, num, denom, provenance FROM stored;
CREATE OR REPLACE TEMP VIEW known_months AS SELECT DISTINCT month FROM recorded;
