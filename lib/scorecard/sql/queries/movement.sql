FROM movement($unit, $code, $month, as_at := $as_at);
