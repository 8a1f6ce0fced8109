FROM uasc_impacts($units, $month, as_at := $as_at);
