-- Rows of a file that were read cell by cell.
INSERT INTO _held SELECT $name, unnest($row), unnest($cells);
