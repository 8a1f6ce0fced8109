FROM uasc_impacts($units, $month);
