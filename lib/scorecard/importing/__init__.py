"""Files to rows: results as CSV or spreadsheet, and extracts of a system, checked and compared."""
