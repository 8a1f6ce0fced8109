-- What a load did to the sum of all results' hashes (stored_sum.sql): what it brought less what it
-- took. Summed up over all loads that is the sum of what they lead to, without putting it together.
SELECT coalesce(sum(result_hash(month, unit, code, cohort, num, denom, trim(provenance)))
                FILTER (change <> 'removed'), 0)
     - coalesce(sum(result_hash(month, unit, code, cohort, num_before, denom_before, trim(provenance_before)))
                FILTER (change <> 'added'), 0)
FROM read_csv($path, header = true, auto_detect = false, columns = $columns, delim = ',', quote = '"',
              escape = '"');
