FROM scorecards($units, $month);
