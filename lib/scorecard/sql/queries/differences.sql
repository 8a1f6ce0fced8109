-- How a pack of $month differs from what it said after the load $earlier, for $units.
FROM differences_of($units, $month, $earlier, as_at := $as_at);
