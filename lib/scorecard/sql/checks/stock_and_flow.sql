-- title: Last month plus starts less ends is not this month
-- group: reconciliation
-- grade: look
-- structural: information
-- rank: 31
-- remedy: Look for starts and ends recorded late, and for cases closed without an end date.
--
-- For the county, where nobody moves from one unit to another. Which flows belong to which stock
-- is in params/checks.yml.
SELECT unit, code, 'this month' AS reading, says, lasting, estimated, weight
FROM carried WHERE parent IS NULL
