-- The results file of one month.
COPY (FROM after WHERE month = $month) TO $path (FORMAT csv, HEADER true);
