"""In JupyterLab each cell sees helper code as it is now, without a restart of the kernel.

IPython's `autoreload` does it. A run of a month, papermill and nbconvert don't need it: their cells
run once, and all with the same code.
"""

from __future__ import annotations

import os

from scorecard.ipython import running_shell

TYPE_CHECKING = False  # as in `ipython`
if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

SESSION = ("JPY_SESSION_NAME", "VSCODE_PID")
"""Environment variables of a kernel that a person uses in JupyterLab or VS Code."""

RUN = "SCORECARD_STORE"
"""An environment variable of a notebook of a run: `workbook.STORE_VARIABLE`."""


def reload_changed(shell: InteractiveShell | None = None) -> None:
    """Have every cell of `shell`, else of the one that is running, import anew what has changed.

    Nothing is done in a run, or if `autoreload` is loaded already, as an analyst may have done.
    """
    if RUN in os.environ or not any(name in os.environ for name in SESSION):
        return
    shell = shell or running_shell()
    if shell and "autoreload" not in shell.magics_manager.magics["line"]:
        shell.run_line_magic("load_ext", "autoreload")
        shell.run_line_magic("autoreload", "2")
