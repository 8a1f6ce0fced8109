-- Results of the last load that pages of $month may show, and that have no place in today's reference data: how many
-- for each indicator or cohort that is gone, and otherwise for each unit that is gone in their month.
SELECT CASE WHEN i.code IS NULL THEN 'indicator `' || d.code || '`'
            WHEN d.cohort NOT IN (SELECT cohort FROM cohorts) THEN 'cohort `' || d.cohort || '`'
            ELSE 'unit `' || d.unit || '`' END AS gone,
       count(*) AS results
FROM displaced AS d
LEFT JOIN indicators AS i USING (code)
LEFT JOIN units AS u USING (unit)
-- The data period of an indicator that is gone is unknown, so the longest is taken.
WHERE d.month BETWEEN CASE WHEN i.code IS NULL THEN earliest_behind(page_opens(month_start($month)))
                           ELSE period_opens(i.data_period, i.supplied, page_opens(month_start($month))) END
                  AND month_start($month)
  AND ($units IS NULL OR u.unit IS NULL OR list_contains($units, d.unit))
GROUP BY gone, u.position
ORDER BY results DESC, u.position, gone;
