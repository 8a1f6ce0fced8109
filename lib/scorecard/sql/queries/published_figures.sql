-- The figures that the tables of a pack show of $month: files of tables, $files, of which the first that has a figure
-- counts. Nothing else is read of results: what a page withholds is withheld here.
--
--   council        the council's name, $council
--   month          the reporting month, as 2016-08
--   unit unit_name unit_kind parent   as in units.csv; without a parent it is the whole council
--   code section name polarity data_period format   as in indicators.csv
--   status         available, or why there is no result; not-shown is a figure that is withheld
--   result         as the page writes it, in percent, days or cases
--   num denom      over the data period; NULL where they are withheld, or were supplied finished
--   rating         green, amber, red or not-rated, which has no target; NULL where there is no result
--   provenance     as in provenance.csv; several are joined by a plus sign
--   estimated      whether one of these has a footnote, as estimates have
WITH shown AS (
    FROM read_csv($files, all_varchar := true, union_by_name := true, filename := 'file', header := true)
    QUALIFY row_number() OVER (PARTITION BY unit, code ORDER BY list_position($files, file)) = 1
)
SELECT $council AS council, $month AS month, u.unit, u.name AS unit_name, u.kind AS unit_kind, u.parent,
       i.code, i.section, i.name, i.polarity, i.data_period, i.format, s.result_status AS status,
       TRY_CAST(s.result AS DECIMAL(18, 4)) AS result,
       TRY_CAST(s.num AS DECIMAL(18, 4)) AS num, TRY_CAST(s.denom AS DECIMAL(18, 4)) AS denom,
       CASE WHEN s.result_rating IN ('green', 'amber', 'red', 'not-rated') THEN s.result_rating END AS rating,
       s.result_provenance AS provenance,
       rests_on_estimates(string_split(s.result_provenance, ' + ')) AS estimated
FROM shown AS s JOIN units_in($month) AS u ON u.unit = s.unit JOIN indicators_in($month) AS i ON i.code = s.code
ORDER BY u.position, i.position;
