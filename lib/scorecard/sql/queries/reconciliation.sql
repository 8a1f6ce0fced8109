FROM reconciliation($unit, $month);
