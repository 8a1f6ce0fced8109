-- Read indicators CSV: what each cell says; a line that is not a row of the table is an error. The columns
-- of nouns, of adding up and of short names may be left out.
INSERT INTO staged_indicators
WITH whole AS (
    FROM csv_rows($paths, $files, $above, $columns, $longest, $skip, $spaces)
    UNION ALL BY NAME
    SELECT NULL::VARCHAR AS counted_as, NULL::VARCHAR AS others_are, NULL::VARCHAR AS added_up,
        NULL::VARCHAR AS above_100, NULL::VARCHAR AS short_name WHERE false
)
SELECT file, row, code, section, name, polarity, data_period, format, supplied, as_month(comparable_from),
    definition, data_source, counted_as, others_are, added_up, above_100, short_name
FROM whole;
