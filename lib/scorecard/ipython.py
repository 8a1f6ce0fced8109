"""The IPython shell that this process runs in, if any: most commands run in none."""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # as in `typing`, which would delay the start of every command
if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


def running_shell() -> InteractiveShell | None:
    """The shell of a notebook or a terminal; None outside IPython, which is not imported for it."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None
