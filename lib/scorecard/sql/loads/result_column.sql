-- A file whose finished results have a column of their own.
INSERT INTO result_columns VALUES ($file);
