-- Rows of a file that were read cell by cell.
INSERT INTO _cells SELECT $name, unnest($row), unnest($cells)
