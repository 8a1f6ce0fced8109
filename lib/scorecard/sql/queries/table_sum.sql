-- How many rows the table $name has, and the sum of their hashes: any other content has another one.
SELECT count(*), sum(hash(t)) FROM query_table($name) AS t;
