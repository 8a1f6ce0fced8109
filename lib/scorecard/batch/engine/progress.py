"""The executed notebook of a process that could not save it, because it died or was stopped."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scorecard.batch.engine.tasks import Begun, CellStarted, Ran

if TYPE_CHECKING:
    from pathlib import Path

MARK = "stopped-here"
TAG = "papermill-error-cell-tag"
"""papermill's tag for the notes that it puts into a notebook that failed."""


@dataclass
class Progress:
    """What a notebook has reported while it ran."""

    notebook: str | None = None
    cells: dict[int, str] = field(default_factory=dict)
    cell: CellStarted | None = None

    def record(self, message: Begun | CellStarted | Ran) -> None:
        """Remember what the notebook reports."""
        if isinstance(message, Begun):
            self.notebook = message.notebook
        elif isinstance(message, Ran):
            self.cells[message.index] = message.cell
        else:
            self.cell = message

    def save(self, source: Path, target: Path, why: str) -> None:
        """Write the notebook to `target`: cells done so far, and `why` it ended where it did.

        `source` is the notebook's file, for one that ended before it could say anything. What can't
        be written is left out: the copy only helps to find the cause.
        """
        try:
            content = json.loads(self.notebook or source.read_text(encoding="utf-8"))
            target.write_text(json.dumps(self._marked(content, why), indent=1), encoding="utf-8")
        except OSError:
            target.unlink(missing_ok=True)

    def _marked(self, content: dict[str, Any], why: str) -> dict[str, Any]:
        """The notebook with its finished cells, and notes as papermill leaves them."""
        cells = content["cells"]
        for index, cell in self.cells.items():
            cells[index] = json.loads(cell)
            _note_status(cells[index], "completed")
        link = ""
        if self.cell is not None and self.cell.index not in self.cells:
            index, link = self.cell.index, f" [at this cell](#{MARK})"
            _note_status(cells[index], "failed")
            if cells[index]["cell_type"] == "code":
                cells[index]["outputs"] = [_error(why)]
            here = f'<a id="{MARK}"></a>**It stopped here**: {why}'
            cells.insert(index, _note(content, MARK, here))
        cells.insert(0, _note(content, "stopped", f"**This notebook did not finish**{link}: {why}"))
        return dict(content)


def _note_status(cell: dict[str, Any], status: str) -> None:
    noted = cell["metadata"].setdefault("papermill", {})
    noted |= {"status": status, "exception": status == "failed"}


def _error(why: str) -> dict[str, Any]:
    """`why` as the output of the cell that did not finish."""
    return {"output_type": "error", "ename": "Stopped", "evalue": why, "traceback": [why]}


def _note(content: dict[str, Any], name: str, text: str) -> dict[str, Any]:
    """A cell of text; since format 4.5 a cell has an id."""
    note = {"cell_type": "markdown", "metadata": {"tags": [TAG]}, "source": text}
    return {"id": name, **note} if content["nbformat_minor"] >= 5 else note
