-- title: Exceptions without commentary
-- group: catalogue
-- grade: look
-- rank: 52
-- remedy: Ask the lead officer, and write data/commentary/YYYY-MM/CODE.md.
--
-- A Red that some page of the pack shows, as far as params/reports.yml says which.
SELECT unit, code,
       unit_name || ', ' || name || ' is Red (' || result_words(precise, format, places)
       || ') and has no commentary.' AS says
FROM exceptions WHERE rating = 'red' AND text IS NULL AND code IN (FROM selected)
