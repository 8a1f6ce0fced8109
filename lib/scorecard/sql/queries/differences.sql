FROM differences($month, $earlier, as_at := $as_at);
