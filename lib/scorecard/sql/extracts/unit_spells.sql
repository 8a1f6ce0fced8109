-- What units were called and where they belonged, from when to when, for the SQL of an extract.
CREATE TABLE unit_spells AS
SELECT unnest($unit) AS unit, unnest($name) AS name, unnest($kind) AS kind, unnest($parent) AS parent,
       unnest($first_month) AS first_month, unnest($last_month) AS last_month
