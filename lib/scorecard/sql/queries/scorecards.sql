FROM scorecards($units, $month, as_at := $as_at);
