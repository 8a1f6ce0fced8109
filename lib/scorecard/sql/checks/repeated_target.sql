-- title: Targets that overlap
-- group: catalogue
-- grade: look
-- rank: 51
-- remedy: Correct the later row of data/reference/targets.csv, or delete it; a target holds until the
--   next row of its indicator.
--
-- Two rows that start in the same month can't be loaded. This finds a later row with the same figures as the
-- row before it, where a new target was probably meant.
WITH rows AS (
    SELECT code, valid_from, {'t': target, 'f': floor_standard, 'g': green_within, 'a': amber_within}
               AS bands, target,
           lag(bands) OVER w AS before, lag(valid_from) OVER w AS before_from
    FROM targets WINDOW w AS (PARTITION BY code ORDER BY valid_from)
)
SELECT NULL AS unit, r.code,
       i.name || ' has the target ' || plain(r.target) || ' from ' || month_words(before_from)
       || ' and the same again from ' || month_words(valid_from) || '.' AS says
FROM rows AS r JOIN indicators AS i ON i.code = r.code
WHERE r.bands = r.before AND r.valid_from <= getvariable('this_month')
