"""One file to load: results as CSV or as a spreadsheet, or an extract of a system."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard.disk import file_hash
from scorecard.errors import Fault, LoadError
from scorecard.importing import grid, xlsx
from scorecard.importing.contract import Contract, extra_columns
from scorecard.importing.unit_names import UnitNames
from scorecard.importing.wide import Wide
from scorecard.ledger.entry import LoadedFile
from scorecard.params.extracts import described
from scorecard.store.staging import UnreadableError, header, stage
from scorecard.unseen import visible_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scorecard.importing.comparing import Comparison
    from scorecard.importing.grid import Row
    from scorecard.months import Month
    from scorecard.params.extracts import Described
    from scorecard.workbook import Workbook

EXAMPLE = "2016-08"
AT_A_TIME = 20_000
"""Results read cell by cell that are handed to DuckDB at a time."""


@dataclass
class InputFile:
    """A file to load.

    Of a spreadsheet it is `sheet`, or the first. An `extract` is read as that says, and is of
    `month` if it doesn't say its month itself. `notes` tells what an analyst should know of the
    file though it is no fault, and `hidden` what is loaded though a spreadsheet program doesn't
    show it.
    """

    path: Path
    sheet: str | None = None
    extract: Described | None = None
    month: str | None = None
    notes: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.name = visible_line(str(self.path).encode("utf-8", "replace").decode())
        self._copy = self.path
        self._table: Contract | Wide | None = None

    def stage(self, into: Comparison) -> Iterator[Fault]:
        """Copy the file's results into staged_results; yield what makes it unreadable."""
        try:
            self._read(into)
            if self._table is None:
                yield from self._stage_csv(into)
                return
            faults = list(self._table.faults())
            if faults:
                yield from faults
                return
            yield from self._stage_rows(into, self._table.results())
        except UnreadableError as error:
            yield error.fault
            return
        self.notes += self._table.notes()
        self.hidden += self._table.hidden()

    @property
    def by_cell(self) -> bool:
        """Whether a faulty row leaves the numbers of the others as they are."""
        return self._table is not None

    def placed(self, fault: Fault) -> Fault:
        """A fault that a rule found, where the file has it."""
        return self._table.placed(fault) if self._table else fault

    def loaded(self, results: int) -> LoadedFile:
        """The file as the ledger remembers it."""
        return loaded_file(self._copy, self.path.name, results)

    def _read(self, into: Comparison) -> None:
        """Set a copy aside, so that what is read is what is remembered, and look into it.

        The copy has a plain name: DuckDB takes a `*` or `[` in one for a pattern.
        """
        descriptor, copy = tempfile.mkstemp(dir=into.folder)
        os.close(descriptor)
        self._copy = Path(copy)
        grid.copy(self.path, self._copy, self.name)
        spreadsheet = grid.is_spreadsheet(self._copy, self.name)
        if self.sheet and not spreadsheet:
            raise LoadError(f"{self.name} is no spreadsheet and has no sheets: leave out --sheet.")
        if not spreadsheet:
            if self.extract:
                cells = grid.read_csv(self._copy, self.name)
                self._table = self._wide(self.extract, cells, into)
            return
        sheet = self.sheet or (self.extract.says.sheet if self.extract else None)
        title, cells, notes = xlsx.read(self._copy, sheet, self.name)
        self.notes += notes
        self.name = f"{self.name}, sheet {visible_line(title)}"
        self._table = (
            self._wide(self.extract, cells, into) if self.extract else Contract(self.name, cells)
        )

    def _wide(self, extract: Described, cells: grid.Grid, into: Comparison) -> Wide:
        units = into.units()
        extract.check([each.unit for each in units], into.codes())
        names = UnitNames(extract, units, into.alike)
        return Wide(self.name, extract.says, cells, names, self.month)

    def _stage_csv(self, into: Comparison) -> Iterator[Fault]:
        """Hand a CSV file of results to DuckDB; yield what makes it unreadable."""
        faulty = False
        for fault in stage(into.connection, "results", self._copy, self.name):
            faulty = True
            yield fault
        if not faulty:
            self.notes += extra_columns(self.name, header(self._copy, self.name))

    def _stage_rows(self, into: Comparison, found: Iterable[Row | Fault]) -> Iterator[Fault]:
        """Hand results over, some at a time; yield the faults among them."""
        waiting: list[Row] = []
        for each in found:
            if isinstance(each, Fault):
                yield each
            else:
                waiting.append(each)
            if len(waiting) == AT_A_TIME:
                into.stage_rows(self.name, waiting)
                waiting = []
        into.stage_rows(self.name, waiting)


def sources(
    workbook: Workbook,
    files: Sequence[Path],
    sheet: str | None = None,
    extract_name: str | None = None,
    month: Month | None = None,
) -> list[InputFile]:
    """The files to load, as an analyst names them; `LoadError` when that can't be meant."""
    twice = [path for number, path in enumerate(files) if path in files[:number]]
    if twice:
        raise LoadError(f"{twice[0]} is named twice.")
    made = described(workbook, extract_name) if extract_name else None
    says_month = not made or bool(made.says.month_column or made.says.month_cell)
    if month and says_month:
        raise LoadError("the files say their months themselves: leave out --month.")
    if not month and not says_month:
        raise LoadError(f"say which month the extract is of: --month {EXAMPLE}.")
    return [InputFile(path, sheet, made, str(month) if month else None) for path in files]


def loaded_file(path: Path, name: str, results: int) -> LoadedFile:
    """A file as the ledger remembers it."""
    plain_name = visible_line(name.encode("utf-8", "replace").decode())
    return LoadedFile(name=plain_name, sha256=file_hash(path), rows=results)
