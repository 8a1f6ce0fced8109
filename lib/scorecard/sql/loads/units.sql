-- Every unit with its name, and what it is called beside other units.
SELECT u.unit, u.name, n.name AS called
FROM latest_units AS u JOIN unit_names('latest_units') AS n USING (unit)
ORDER BY u.row;
