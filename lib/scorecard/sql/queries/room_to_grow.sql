-- Whether the store's figures are still in order for the most part: one that grew has others behind those it was built
-- with, and holes where they were.
SELECT coalesce(max(rowid) < 2 * count(*), true) FROM figure_versions
