-- Whether a text is a month.
SELECT is_month(coalesce(as_month($written), ''));
