-- The indicators that have a finished result in a month that $month's pages, or limits on them, can rest on.
SELECT DISTINCT code FROM given_as_at($as_at)
WHERE result IS NOT NULL
  AND month > months_before(month_start($month), points_counted()) AND month <= month_start($month)
ORDER BY code
