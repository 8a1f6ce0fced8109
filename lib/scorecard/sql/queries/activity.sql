FROM activity($unit, $month, as_at := $as_at);
