-- Drop what is not needed once all figures are worked out.
DROP TABLE slices;
DROP TABLE touched;
DROP TABLE former;
DROP TABLE months_before;
DROP TABLE series_before;
DROP TABLE whole_months;
DROP TABLE stale;
