-- What the files say becomes what the tables of the SQL hold.
DROP TABLE _cells;
ALTER TABLE _held RENAME TO _cells;
