-- What the councils whose packs' figures are in $files publish of indicator $code as a whole, and each one beside all
-- of them together (by_chance). Nothing but packs is read: what a page withholds is not here.
--
--   council name polarity data_period format status num denom rating provenance   as in published_figures
--   result         as the page writes it
--   left_out       why it is not counted for all of them; NULL where it is: other-definition (than that of most councils),
--                  the status where there is no result, no-counts where there is one without numerator and
--                  denominator, estimated, no-percentage where it is none
--   exact          the result of a percentage that is counted, to ten decimals
--   number whole_num whole_denom whole_result   how many are counted, and the percentage of all of them together
WITH published AS (
    SELECT * EXCLUDE (file) FROM read_parquet($files, filename := 'file') WHERE code = $code AND parent IS NULL
),
usual AS (
    SELECT name, polarity, data_period, format FROM published
    GROUP BY ALL ORDER BY count(*) DESC, name, polarity, data_period, format LIMIT 1
),
judged AS (
    SELECT p.*, CASE WHEN u.name IS NULL THEN 'other-definition' WHEN p.status <> 'available' THEN p.status
                     WHEN NOT is_part_of_whole(p.format) THEN 'no-percentage'
                     WHEN p.num IS NULL OR p.denom IS NULL THEN 'no-counts'
                     WHEN p.estimated THEN 'estimated' END AS left_out
    FROM published AS p LEFT JOIN usual AS u
      ON u.name = p.name AND u.data_period = p.data_period AND u.format = p.format
     AND u.polarity IS NOT DISTINCT FROM p.polarity
),
placed AS (
    SELECT * EXCLUDE (num, denom), num AS own_num, denom AS own_denom,
           CASE WHEN left_out IS NULL THEN num END AS num, CASE WHEN left_out IS NULL THEN denom END AS denom
    FROM judged
),
together AS (
    SELECT count(num) AS number, sum(num) AS whole_num, sum(denom) AS whole_denom FROM placed
),
beside AS (
    SELECT *, rounded(100 * num, denom, 10) AS exact, rounded(100 * whole_num, whole_denom, 10) AS whole_result
    FROM placed, together
)
SELECT * EXCLUDE (num, denom, own_num, own_denom), own_num AS num, own_denom AS denom
FROM by_chance('beside') ORDER BY council;
