-- The results file of one month.
COPY (FROM month_after($month)) TO $path (FORMAT csv, HEADER true);
