-- Read results CSV: what each cell says; a line that is no row of the table is an error.
INSERT INTO staged_results
SELECT $file, row_number() OVER () + 1, as_month(said(month, $spaces)), said(unit, $spaces),
    said(code, $spaces), said(cohort, $spaces), said(num, $spaces), said(denom, $spaces),
    said(provenance, $spaces)
FROM read_csv(
    $path, header = true, auto_detect = false, columns = $columns, delim = ',', quote = '"',
    escape = '"', strict_mode = true, max_line_size = $longest
);
