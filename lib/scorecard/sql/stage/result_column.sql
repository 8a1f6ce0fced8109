-- A file whose finished results have a column of their own.
INSERT INTO staged_result_columns VALUES ($file);
