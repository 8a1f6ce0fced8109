-- The columns of units.csv, each as a list.
SELECT list(unit ORDER BY row), list(name ORDER BY row), list(kind ORDER BY row), list(parent ORDER BY row)
FROM latest_units
