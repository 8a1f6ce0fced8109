FROM movement($unit, $code, $month);
