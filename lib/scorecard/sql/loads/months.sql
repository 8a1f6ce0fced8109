-- Months that were written another way (loads/written.py).
UPDATE staged_results SET month = m.meant
FROM (SELECT unnest($written) AS written, unnest($meant) AS meant) AS m
WHERE month = m.written;
