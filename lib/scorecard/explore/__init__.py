"""What the notebook `explore` imports: choosers, and the answers of the report to what is chosen.

It is a room of its own because it asks `report` and uses `pages` to draw and save, and these two
may not import each other. No page shows anything of it, and the batch does not import it.
"""

from scorecard.explore.desk import Desk, explore

__all__ = ["Desk", "explore"]
