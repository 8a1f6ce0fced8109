-- How much a load changed the sum of all results' hashes (stored_sum.sql): the hashes of the rows that it wrote, less
-- the hashes of the rows that it replaced or removed. Added up over all loads, this is the sum for the results after
-- the last load, without replaying the loads.
SELECT coalesce(sum(result_hash(month, unit, code, cohort, num, denom, trim(provenance)))
                FILTER (change <> 'removed'), 0)
     - coalesce(sum(result_hash(month, unit, code, cohort, num_before, denom_before, trim(provenance_before)))
                FILTER (change <> 'added'), 0)
FROM read_csv($path, header = true, auto_detect = false, columns = $columns, delim = ',', quote = '"',
              escape = '"');
