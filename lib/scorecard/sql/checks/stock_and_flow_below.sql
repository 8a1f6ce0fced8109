-- title: Last month plus starts less ends is not this month, within the county
-- group: reconciliation
-- grade: information
-- rank: 60
-- remedy: Moves between units explain a difference. Look at one that no move can explain, such as
--   ends without any fall.
--
-- The same below the county, where a case may move from one unit to another without an end.
SELECT unit, code, 'this month' AS reading, says, lasting, estimated, weight
FROM carried WHERE parent IS NOT NULL
