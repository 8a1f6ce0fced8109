-- The indicators whose results may still be loaded, which are those that were not retired, each with whether its
-- results may be finished ones (results_finished).
SELECT code, coalesce(name, ''), coalesce(format, ''),
       coalesce(format, '') <> 'count' AND (is_stock(data_period) OR supplied = 'window')
FROM staged_indicators
WHERE code IS NOT NULL AND in_catalogue(code, '9999-12')
ORDER BY row
