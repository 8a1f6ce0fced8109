-- Columns of indicators.csv, each as a list.
SELECT list(code ORDER BY row), list(section ORDER BY row), list(name ORDER BY row), list(format ORDER BY row)
FROM staged_indicators
