-- What the files of an extract say, cell by cell; `name` is that of the table.
CREATE TABLE _cells (name VARCHAR, row BIGINT, cells VARCHAR[])
