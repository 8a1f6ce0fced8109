FROM units_within($unit);
