FROM turnover($unit, $code, $month);
