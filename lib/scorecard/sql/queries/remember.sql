INSERT INTO about VALUES ($built_from);
