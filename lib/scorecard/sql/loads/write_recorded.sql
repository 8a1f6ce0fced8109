-- The results file of one month by the ledger.
COPY (FROM recorded WHERE month = $month ORDER BY ALL) TO $path (FORMAT csv, HEADER true);
