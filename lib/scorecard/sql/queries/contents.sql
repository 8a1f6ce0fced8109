-- Every table, view and macro of the store: what a complete store holds.
SELECT 'table' AS kind, table_name AS name FROM duckdb_tables() WHERE database_name = current_database()
UNION ALL
SELECT 'view', view_name FROM duckdb_views() WHERE database_name = current_database() AND NOT internal
UNION ALL
SELECT DISTINCT 'macro', function_name FROM duckdb_functions()
WHERE database_name = current_database() AND NOT internal;
