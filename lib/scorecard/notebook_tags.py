"""The tags of notebook cells that mean something to a run."""

PARAMETERS = "parameters"
"""The cell that holds what a notebook takes, with what it is unless given."""

INJECTED = "injected-parameters"
"""The cell that papermill adds, which is not in the notebook's file."""

ANALYST = "analyst"
"""A cell for people at the notebook."""

HIDDEN = frozenset({ANALYST, PARAMETERS, INJECTED})
"""Cells with one of these tags never show on a page."""
