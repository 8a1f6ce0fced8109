FROM revisions($units, $month, as_at := $as_at);
