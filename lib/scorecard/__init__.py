"""A monthly performance scorecard: a store of results, and the pages drawn from it.

Two halves share what is below them and never import each other. Notebooks import `report`, which
asks the `store`. `commands` imports `batch`, which runs notebooks, and `pages`, which turns them
into appendices. CONTRIBUTING.md lists all rooms.

Importing it in a notebook lets charts of the analyst's own draw without a network. In JupyterLab
each cell then sees helper code as it is now.
"""

from scorecard.altair_offline import draw_offline
from scorecard.reloading import reload_changed

draw_offline()
reload_changed()
