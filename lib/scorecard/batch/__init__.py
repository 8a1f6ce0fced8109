"""The monthly batch: the plan, the runs, the pack that appears as a whole, and its record."""
