-- The council's indicators, for the SQL of an extract.
CREATE TABLE indicators AS
SELECT unnest($code) AS code, unnest($section) AS section, unnest($name) AS name, unnest($format) AS format
