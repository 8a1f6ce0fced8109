-- The council's units, for the SQL of an extract.
CREATE TABLE units AS
SELECT unnest($unit) AS unit, unnest($name) AS name, unnest($kind) AS kind, unnest($parent) AS parent
