FROM differences_of($units, $month, $earlier, as_at := $as_at);
