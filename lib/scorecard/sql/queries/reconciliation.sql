FROM reconciliation($unit, $month, as_at := $as_at);
