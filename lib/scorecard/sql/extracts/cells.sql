-- What the files of an extract say, cell by cell. It waits in `_held` until the SQL was tried on nothing.
CREATE TABLE _held (name VARCHAR, row BIGINT, cells VARCHAR[]);
CREATE TABLE _cells (name VARCHAR, row BIGINT, cells VARCHAR[]);
