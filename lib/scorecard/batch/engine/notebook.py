"""What a child does with one notebook: papermill executes it, and it reports how that goes."""

from __future__ import annotations

import json
import os
import re
import time
from typing import TYPE_CHECKING

import nbformat
from nbclient.exceptions import DeadKernelError
from papermill import execute_notebook
from papermill.exceptions import PapermillExecutionError

from scorecard.batch.engine import papermill
from scorecard.batch.engine.tasks import DIED, Begun, CellStarted, Done, Failed, NotebookTask, Ran
from scorecard.notebook_tags import INJECTED

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

    from nbformat import NotebookNode

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
LINE = re.compile(r"Cell In\[\d+\], line (\d+)")
LONGEST = 400
"""Characters of a message that a person still reads."""

ENGINES = {"forked": papermill.INSIDE, "standard": papermill.NBCLIENT}


def warm_up() -> None:
    """Build nbformat's check of notebooks, which takes longer than a check."""
    nbformat.validate(nbformat.v4.new_notebook())


class Reporter:
    """Reports to the run, over `connection`, how the notebook goes; a `papermill.Watch`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.places: dict[int, int] = {}
        """A cell's place as it is run → its number in the file, which has no injected cell."""

    def begun(self, notebook: NotebookNode) -> None:
        """The notebook is about to run."""
        self._connection.send(Begun(json.dumps(notebook)))

    def starts(self, index: int, cell: NotebookNode) -> None:
        """A cell is about to run."""
        if INJECTED not in cell.metadata.get("tags", ()):
            self.places[index] = len([i for i in self.places if i < index]) + 1
        number = self.places.get(index, max(self.places.values(), default=1))
        first = cell.source.strip().partition("\n")[0]
        self._connection.send(CellStarted(number, first, index))

    def ran(self, index: int, cell: NotebookNode) -> None:
        """A cell is through: if the process dies in a later one, its outputs are not lost."""
        if cell.cell_type == "code":
            self._connection.send(Ran(index, json.dumps(cell)))


def run(connection: Connection) -> None:
    """Take one `NotebookTask` from `connection`; report how it goes, then `Done` or `Failed`."""
    task: NotebookTask = connection.recv()
    os.environ.update(task.environment)
    os.chdir(task.notebook.parent)
    watch = Reporter(connection)
    started = time.perf_counter()
    try:
        execute_notebook(
            _path(task.notebook),
            _path(task.executed),
            parameters=task.parameters,
            engine_name=ENGINES[task.engine],
            progress_bar=False,
            request_save_on_cell_execute=False,
            watch=watch,
        )
    except PapermillExecutionError as error:
        connection.send(_failed(error, watch.places))
    except DeadKernelError:
        connection.send(Failed(DIED))
    except Exception as error:  # whatever a notebook or its kernel comes up with
        connection.send(Failed(f"{type(error).__name__}: {_short(str(error))}"))
    else:
        connection.send(Done(None, time.perf_counter() - started))


def _path(path: Path) -> str:
    """A path that survives papermill's `str.format`."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _failed(error: PapermillExecutionError, places: dict[int, int]) -> Failed:
    """The place and the message of an error, without the pages of traceback."""
    lines = LINE.findall(COLOUR.sub("", "\n".join(error.traceback)))
    line = int(lines[-1]) if lines else 0
    source = error.source.splitlines()
    text = source[line - 1].strip() if 0 < line <= len(source) else ""
    message = f"{error.ename}: {_short(error.evalue)}" if error.evalue else error.ename
    cell = places.get(error.cell_index, error.cell_index + 1)
    return Failed(message, cell=cell, line=line, source=text, saved=True)


def _short(message: str) -> str:
    """`message` cut to what a person reads."""
    message = COLOUR.sub("", message).strip()
    return message if len(message) <= LONGEST else message[:LONGEST] + " …"
