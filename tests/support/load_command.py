"""What the tests of loads share: a desk with a workbook, files to load, and the command."""

from __future__ import annotations

import atexit
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Any

from rich.console import Console

from scorecard.commands.load import LoadRequest, run_load
from scorecard.importing.comparing import comparison
from scorecard.importing.sources import sources
from scorecard.ledger import ledger
from scorecard.store import trusted
from support.workbooks import HEADER, make_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from scorecard.importing.comparing import Comparison
    from scorecard.importing.plan import PublishedMonth
    from scorecard.workbook import Workbook

RESULTS = {
    "2016-07": "shire,h,all,80,100\nshire,stock,all,50,\nnorth,h,all,40,50",
    "2016-08": "shire,h,all,90,100\nshire,stock,all,60,\nnorth,h,all,45,50",
}


@dataclass
class Desk:
    """An analyst's desk: a workbook, and a folder for files to load."""

    workbook: Workbook
    folder: Path

    def file(self, lines: str = "", name: str = "late.csv", text: str = "") -> Path:
        """A file of results, lines `month,unit,code,cohort,num,denom,provenance`, or any text."""
        path = self.folder / name
        path.write_text(text or HEADER + "".join(f"{line}\n" for line in lines.split()))
        return path

    def load(
        self, *files: Path, published: Mapping[str, PublishedMonth] | None = None, **asked: Any
    ) -> str:
        """Load files, and give what was said of it."""
        request = {
            "edits": False, "sheet": None, "extract": None, "with_files": (), "month": None,
            "provenance": None, "by": "Jane Analyst", "why": "Late records", "dry_run": False,
            "yes": False, "again": "run_month.py load late.csv",
        }  # fmt: skip
        said = StringIO()
        console = Console(file=said, width=200)
        run_load(
            self.workbook, published or {}, LoadRequest(files, **{**request, **asked}), console
        )
        return said.getvalue()

    def read(self, file: Path, **asked: Any) -> tuple[list[str], str]:
        """What a load of a spreadsheet or an extract would add or change, and notes on the file.

        It is read and held against the rules as a load does, and refused alike.
        """
        found = sources(
            self.workbook, [file], asked.get("sheet"), asked.get("extract"), asked.get("month"),
            asked.get("with_files", ()),
        )  # fmt: skip
        with _taken_back(self.workbook) as compared:
            compared.files(found, asked.get("provenance"))
            rows = compared.connection.execute(
                "SELECT month, unit, code, cohort, num, denom, provenance FROM change"
            ).fetchall()
        lines = [",".join(cell or "" for cell in row) for row in rows]
        return lines, "\n".join([*found[0].notes, *found[0].hidden])

    def text(self, month: str) -> str:
        """A results file without its header."""
        return self.workbook.month_results(month).read_text().removeprefix(HEADER)

    def changes(self, load: int) -> list[str]:
        """The lines of a load's changes.csv."""
        return ledger.changes(self.workbook, load).read_text().splitlines()[1:]

    @property
    def numbers(self) -> list[int]:
        """The loads there are."""
        return [each.load for each in ledger.read(self.workbook)]

    def state(self) -> dict[str, str]:
        """All that a load can touch."""
        paths = [*self.workbook.results(), *self.workbook.loads.rglob("*.*")]
        return {
            self.workbook.show(path): path.read_text()
            for path in paths if path.is_file() and path.name != ledger.LOCK
        }  # fmt: skip


def make_desk(folder: Path, results: dict[str, str] | None = None, **texts: str) -> Desk:
    """A desk with a small workbook."""
    (folder / "in").mkdir()
    made = make_workbook(folder / "workbook", RESULTS if results is None else results, **texts)
    return Desk(made, folder / "in")


_RECORDED: dict[str, dict[str, bytes]] = {}
"""Fingerprint of a workbook without loads → the files of the load that records its results."""


def recorded(desk: Desk) -> Desk:
    """The desk once its results are load 1, which the first load of a file records otherwise."""
    workbook = desk.workbook
    inputs = trusted.fingerprint(workbook)
    if inputs not in _RECORDED:
        desk.load(edits=True, why=None)
        _RECORDED[inputs] = {
            path.relative_to(workbook.loads).as_posix(): path.read_bytes()
            for path in workbook.loads.rglob("*") if path.is_file() and path.name != ledger.LOCK
        }  # fmt: skip
    for name, content in _RECORDED[inputs].items():
        path = workbook.loads / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return desk


_READ: dict[str, Comparison] = {}
"""Fingerprint of the workbook that was read last → the comparison that read it."""
_OPEN = ExitStack()
atexit.register(_OPEN.close)


@contextmanager
def _taken_back(workbook: Workbook) -> Iterator[Comparison]:
    """A comparison that has read the workbook; what is done with it is undone afterwards."""
    inputs = trusted.fingerprint(workbook)
    if inputs not in _READ:
        _READ.clear()
        _OPEN.close()
        _READ[inputs] = _OPEN.enter_context(comparison(workbook))
    connection = _READ[inputs].connection.begin()
    try:
        yield _READ[inputs]
    finally:
        connection.rollback()
