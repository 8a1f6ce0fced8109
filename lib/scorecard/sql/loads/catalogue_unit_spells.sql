-- The columns of units.csv with the months of each row, each as a list.
SELECT list(unit ORDER BY row), list(name ORDER BY row), list(kind ORDER BY row), list(parent ORDER BY row),
       list(first_month ORDER BY row), list(last_month ORDER BY row)
FROM staged_units
