-- title: The month's figures are last month's
-- group: completeness
-- grade: stops
-- rank: 2
-- remedy: Export the month again; this looks like last month's file under a new name.
--
-- Of ten or more figures that aren't zero, nine in ten are the same as a month ago.
WITH pairs AS (
    SELECT count(*) AS compared,
           count(*) FILTER (this.num = last.num AND this.denom IS NOT DISTINCT FROM last.denom)
               AS same
    FROM recent AS this
    JOIN recent AS last USING (unit, code, cohort)
    WHERE this.month = getvariable('this_month') AND last.month = getvariable('last_month')
      AND (this.num <> 0 OR last.num <> 0) AND NOT this.added_up
    UNION ALL
    SELECT count(*), count(*) FILTER (this.result = last.result)
    FROM finished_results AS this
    JOIN finished_results AS last USING (unit, code, cohort)
    WHERE this.month = getvariable('this_month') AND last.month = getvariable('last_month')
      AND (this.result <> 0 OR last.result <> 0)
),
together AS (SELECT sum(compared) AS compared, sum(same) AS same FROM pairs)
SELECT NULL AS unit, NULL AS code,
       plain(same) || ' of ' || plain(compared) || ' results of '
       || month_words(getvariable('this_month')) || ' are exactly those of '
       || month_words(getvariable('last_month')) || '.' AS says
FROM together WHERE compared >= 10 AND 10 * same >= 9 * compared
