"""In JupyterLab each cell sees helper code as it is now, without a restart of the kernel.

IPython's `autoreload` does it. A run of a month, papermill and nbconvert don't need it: their cells
run once, and all with the same code.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # as in `own_charts`
if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

SESSION = ("JPY_SESSION_NAME", "VSCODE_PID")
"""What is in the environment of a kernel that somebody works in, in JupyterLab or VS Code."""

RUN = "SCORECARD_STORE"
"""What is in that of a notebook of a run: `workbook.STORE_VARIABLE`."""


def reload_changed(shell: InteractiveShell | None = None) -> None:
    """Have every cell of `shell`, else of the one that is running, import anew what has changed.

    Nothing is done in a run, nor where `autoreload` is loaded already, as somebody wants it.
    """
    if RUN in os.environ or not any(name in os.environ for name in SESSION):
        return
    ipython = sys.modules.get("IPython")
    shell = shell or (ipython.get_ipython() if ipython else None)
    if shell and "autoreload" not in shell.magics_manager.magics["line"]:
        shell.run_line_magic("load_ext", "autoreload")
        shell.run_line_magic("autoreload", "2")
