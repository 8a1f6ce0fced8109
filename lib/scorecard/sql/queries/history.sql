FROM history($unit, $code, $month);
