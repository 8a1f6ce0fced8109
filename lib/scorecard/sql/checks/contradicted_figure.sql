-- title: Figures that both their parts and their whole contradict
-- group: reconciliation
-- grade: look
-- structural: look
-- rank: 10
-- remedy: Ask for the figure again. The sum of the parts is very likely right, because with it the level
--   above adds up too.
--
-- A figure differs from the sum of its parts, and putting that sum in its place also closes the
-- difference one level up: two independent totals contradict one figure.
SELECT unit, code,
       CASE place WHEN 'num' THEN 'this month' ELSE 'denominator, this month' END AS reading,
       unit_name || of_cohort || ' reports ' || plain(reported) || ', but its ' || part_words || ' add up to '
       || plain(parts) || '. With ' || plain(parts) || ', the ' || top_part_words || ' of ' || top_name
       || ' add up to the ' || plain(top_reported) || ' that ' || top_name || ' reports; with '
       || plain(reported) || ' they come to ' || plain(top_parts) || '.'
       || CASE WHEN last_too THEN ' ' || month_words(getvariable('last_month')) || ' is the same case: '
               || plain(last_reported) || ' against ' || plain(last_parts) || ', where ' || top_name
               || ' reports ' || plain(top_last_reported) || '.'
               ELSE '' END AS says,
       CASE WHEN last_too THEN 'every month' WHEN last_reported IS NOT NULL THEN 'new' END AS lasting, estimated,
       abs(reported - parts) / greatest(reported, parts) AS weight
FROM contradicted
QUALIFY row_number() OVER (PARTITION BY unit, code ORDER BY cohort <> 'all', cohort, place DESC) = 1
