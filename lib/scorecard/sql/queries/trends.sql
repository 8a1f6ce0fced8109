FROM trends($units, $codes, $month, months := $months, for_cohort := $cohort);
