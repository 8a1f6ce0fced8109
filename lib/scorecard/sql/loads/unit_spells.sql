-- What each unit was called, and from when to when; NULL where it has no beginning or no end.
SELECT unit, name, first_month, last_month FROM staged_units ORDER BY row;
