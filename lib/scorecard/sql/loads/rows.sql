-- Rows that were read cell by cell.
INSERT INTO staged_results
SELECT $file, unnest($row), as_month(unnest($month)), unnest($unit), unnest($code), unnest($cohort),
    unnest($num), unnest($denom), unnest($provenance);
