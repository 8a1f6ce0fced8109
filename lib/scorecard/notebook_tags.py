"""The tags of notebook cells that mean something to a run."""

PARAMETERS = "parameters"
"""The cell that sets a notebook's parameters to their defaults."""

INJECTED = "injected-parameters"
"""The cell that papermill adds, which is not in the notebook's file."""

ANALYST = "analyst"
"""A cell for analysts who work in the notebook."""

HIDDEN = frozenset({ANALYST, PARAMETERS, INJECTED})
"""Cells with one of these tags never show on a page."""
