-- The months with results after load $as_at, finished ones too, oldest first.
SELECT strftime(month, '%Y-%m') AS month FROM (SELECT DISTINCT month FROM given_as_at($as_at)) ORDER BY month;
