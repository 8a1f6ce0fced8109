-- Whether the figures of the store are still mostly in order. In a store that grew, newer figures come after those it
-- was built with, and leave holes where the old ones were.
SELECT coalesce(max(rowid) < 2 * count(*), true) FROM figure_versions
