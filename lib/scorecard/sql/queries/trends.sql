FROM trends($units, $codes, $month, months := $months, for_cohort := $cohort, as_at := $as_at);
