FROM differences($month, $earlier, as_at := $as_at)
WHERE $units IS NULL OR list_contains($units, unit);
