"""Our engines for papermill: all that depends on papermill's and nbclient's internals.

`tests/batch/test_papermill.py` fails when a new release changes what this module depends on.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import nbformat
from papermill import execute
from papermill.engines import Engine, NBClientEngine, papermill_engines
from traitlets.config import Config

from scorecard.batch.engine.capture import Shell

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from papermill.engines import NotebookExecutionManager

INSIDE = "scorecard-inside"
NBCLIENT = "scorecard-nbclient"
SKIP = "skip-execution"
PYTHON = {
    "name": "python", "file_extension": ".py", "mimetype": "text/x-python",
    "nbconvert_exporter": "python", "pygments_lexer": "ipython3",
}  # fmt: skip


class Watch(Protocol):
    """What follows the notebook while it runs."""

    def begun(self, notebook: NotebookNode) -> None:
        """The notebook is about to run."""

    def starts(self, index: int, cell: NotebookNode) -> None:
        """A cell is about to run."""

    def ran(self, index: int, cell: NotebookNode) -> None:
        """A cell is through."""


class InsideEngine(Engine):  # type: ignore[misc]
    """Runs the cells in this very process, which must be fresh and is not used again."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        watch: Watch,
        **_: Any,
    ) -> None:
        """Run every cell up to the first that fails, as papermill's own client does."""
        _forget_paths(nb_man)
        watch.begun(nb_man.nb)
        shell = Shell.instance(config=Config(HistoryManager={"enabled": False}))
        for index, cell in enumerate(nb_man.nb.cells):
            watch.starts(index, cell)
            nb_man.cell_start(cell, index)
            well = _run(shell, cell)
            if not well:
                nb_man.cell_exception(cell, cell_index=index)
            nb_man.cell_complete(cell, cell_index=index)
            if not well:
                break
            watch.ran(index, cell)
        nb_man.nb.metadata["language_info"] = dict(PYTHON)


class KernelEngine(NBClientEngine):  # type: ignore[misc]
    """papermill's own engine, a Jupyter kernel read by nbclient, with the same outputs as above."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        watch: Watch,
        **options: Any,
    ) -> None:
        """Run the notebook in a kernel; `coalesce_streams` makes printed text deterministic."""
        _forget_paths(nb_man)
        watch.begun(nb_man.nb)

        def started(cell: NotebookNode, cell_index: int) -> None:
            watch.starts(cell_index, cell)

        def executed(cell: NotebookNode, cell_index: int, execute_reply: Any) -> None:
            watch.ran(cell_index, cell)

        super().execute_managed_notebook(
            nb_man, kernel_name, on_cell_start=started, on_cell_executed=executed,
            coalesce_streams=True, shutdown_kernel="immediate", **options
        )  # fmt: skip


def _forget_paths(nb_man: NotebookExecutionManager) -> None:
    """Keep the machine's folders out of the executed notebook, which people pass on."""
    noted = nb_man.nb.metadata.papermill
    for key in ("input_path", "output_path"):
        noted[key] = Path(noted[key]).name


def _run(shell: Shell, cell: NotebookNode) -> bool:
    """Run one cell if it is to be run; whether it went well."""
    if cell.cell_type != "code" or not cell.source.strip():
        return True
    if SKIP in cell.metadata.get("tags", ()):
        return True
    cell.outputs, cell.execution_count, well = shell.cell(cell.source)
    return well


def _write(notebook: NotebookNode, path: str) -> None:
    """Save an executed notebook on one line."""
    nbformat.validate(notebook)
    text = json.dumps(notebook, ensure_ascii=False, sort_keys=True)
    Path(path).write_text(text + "\n", encoding="utf-8")


# papermill copies and indents the notebook to save it, which costs several questions to the store.
execute.write_ipynb = _write

papermill_engines.register(INSIDE, InsideEngine)
papermill_engines.register(NBCLIENT, KernelEngine)
