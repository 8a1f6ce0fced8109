"""The store: building the DuckDB file from the inputs, and the questions that it answers."""
