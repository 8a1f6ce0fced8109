-- Every unit with its name, and what it is called beside other units.
SELECT u.unit, u.name, n.name AS called
FROM staged_units AS u JOIN unit_names('staged_units') AS n USING (unit)
ORDER BY u.row;
