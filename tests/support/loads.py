"""Loads that are written to a ledger directly, and what is there afterwards."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scorecard.ledger import ledger
from scorecard.ledger.entry import Draft
from scorecard.workbook import Workbook

if TYPE_CHECKING:
    from pathlib import Path

HEADER = ",".join(ledger.COLUMNS) + "\n"


def draft(**other):
    said = {
        "loaded_at": datetime(2016, 9, 1, 12, tzinfo=UTC), "loaded_by": "Jane Analyst",
        "why": "Late records", "added": 1, "changed": 0, "removed": 0,
    }  # fmt: skip
    return Draft(**{**said, **other})


def fill(text: str):
    """Writes a load that changes both months to `text`."""

    def write(folder: Path) -> None:
        (folder / ledger.CHANGES).write_text(HEADER + text)
        for month in ("2016-07", "2016-08"):
            (folder / ledger.RESULTS / f"{month}.csv").write_text(text)

    return write


def make(workbook, text="new", **other):
    with ledger.locked(workbook):
        return ledger.write(workbook, draft(**other), fill(text))


def results(workbook) -> set[str]:
    return {path.read_text() for path in workbook.results()}


def again(workbook):
    """A fresh copy of the workbook."""
    root = workbook.root / "copy"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(workbook.root, root)
    return Workbook.at(root)


def state(workbook) -> tuple[int, str]:
    """How many loads there are, and what stands in every results file."""
    (text,) = results(workbook)
    return len(ledger.read(workbook)), text
