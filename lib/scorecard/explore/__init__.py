"""What the notebook `explore` imports: choosers, and the answers of the report to what is chosen.

It is a room of its own because it joins what others keep apart: it asks `report`, draws and saves
by the writers of `pages`, and neither may import the other. No page shows anything of it, and the
batch does not import it.
"""

from scorecard.explore.desk import Desk, explore

__all__ = ["Desk", "explore"]
