FROM activity($unit, $month);
