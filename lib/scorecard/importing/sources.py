"""One file to load: results as CSV or as a spreadsheet, or an extract of a system."""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard.disk import file_hash
from scorecard.errors import LoadError
from scorecard.importing import grid, xlsx
from scorecard.importing.by_sql import TAKEN, BySql
from scorecard.importing.contract import Contract, extra_columns
from scorecard.importing.month_texts import MonthTexts
from scorecard.importing.sandbox import asks_month
from scorecard.importing.unit_names import UnitNames
from scorecard.importing.wide import Wide
from scorecard.input_faults import Fault
from scorecard.ledger.entry import LoadedFile
from scorecard.params.extracts import Layout, Query, described
from scorecard.store.csv_files import UnreadableError, header
from scorecard.store.staging import stage
from scorecard.unseen import visible_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scorecard.importing.comparing import Comparison
    from scorecard.importing.grid import Row
    from scorecard.months import Month
    from scorecard.params.extracts import Described
    from scorecard.workbook import Workbook

EXAMPLE = "2016-08"
PLAIN = ("utf-8", ",")
AT_A_TIME = 20_000
"""Results read cell by cell that are given to DuckDB at a time."""


@dataclass
class InputFile:
    """A file to load.

    Of a spreadsheet it is `sheet`, or the first. An `extract` is read as that says, and is of
    `month` if it doesn't say its month itself; `joined` are the files that its SQL reads too, by
    the names of their tables. `notes` says what an analyst should know of the
    file though it is not a fault, and `hidden` what is loaded though a spreadsheet program doesn't
    show it.
    """

    path: Path
    sheet: str | None = None
    extract: Described | Query | None = None
    month: str | None = None
    joined: Mapping[str, Path] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.name = visible_line(str(self.path).encode("utf-8", "replace").decode())
        self._copy = self.path
        self._joined_copies: dict[Path, Path] = {}
        self._table: Contract | Wide | BySql | None = None

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

    def loaded(self, results: int) -> Iterator[LoadedFile]:
        """The file, and those joined to it, as the ledger remembers them."""
        yield loaded_file(self._copy, self.path.name, results)
        for path, copied in self._joined_copies.items():
            yield loaded_file(copied, path.name, 0)

    def _read(self, into: Comparison) -> None:
        """Set a copy aside, so that what is read is what is remembered, and look into it."""
        self._copy = copy_of(self.path, self.name, into)
        spreadsheet = grid.is_spreadsheet(self._copy, self.name)
        if self.sheet and not spreadsheet:
            raise LoadError(
                f"{self.name} is not a spreadsheet, so it has no sheets: leave out --sheet."
            )
        if not (spreadsheet or self.extract):
            return
        layout = self.extract.says if self.extract else Layout()
        cells, title, notes = cells_of(self._copy, self.name, layout, into, self.sheet)
        self.notes += notes
        self.name = f"{self.name}, sheet {title}" if title else self.name
        if self.extract is None:
            self._table = Contract(self.name, cells)
        elif isinstance(self.extract, Query):
            self._table = self._by_sql(self.extract, cells, into)
        else:
            self._table = self._wide(self.extract, cells, into)

    def _wide(self, extract: Described, cells: grid.Grid, into: Comparison) -> Wide:
        extract.check(into.names())
        names = UnitNames(into.units(), into.unit_spells(), into.alike, extract)
        months = MonthTexts.of(extract.says.language)
        return Wide(self.name, extract.says, cells, names, months, self.month)

    def _by_sql(self, query: Query, cells: grid.Grid, into: Comparison) -> BySql:
        joined = {}
        for table, path in self.joined.items():
            name = visible_line(str(path).encode("utf-8", "replace").decode())
            self._joined_copies[path] = copied = copy_of(path, name, into)
            cells_of_table, _, notes = cells_of(copied, name, Layout(), into)
            joined[table] = (name, cells_of_table)
            self.notes += notes
        names = UnitNames(into.units(), into.unit_spells(), into.alike)
        months = MonthTexts.of(query.says.language)
        return BySql(self.name, query, cells, joined, into.catalogue(), names, months, self.month)

    def _stage_csv(self, into: Comparison) -> Iterator[Fault]:
        """Hand a CSV file of results to DuckDB; yield what makes it unreadable."""
        faulty = False
        for fault in stage(into.connection, "results", {self._copy: self.name}):
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


def cells_of(
    copied: Path, name: str, layout: Layout, into: Comparison, sheet: str | None = None
) -> tuple[grid.Grid, str, list[str]]:
    """The cells of a file, the title of its sheet if it has any, and notes on its sheets."""
    if grid.is_spreadsheet(copied, name):
        title, cells, notes = xlsx.read(copied, sheet or layout.sheet, name)
        return cells, visible_line(title), notes
    if (layout.encoding, layout.separator) != PLAIN:
        target = _new_file(into)
        grid.recode(copied, target, layout, name)
        copied = target
    return grid.read_csv(copied, name), "", []


def copy_of(path: Path, name: str, into: Comparison) -> Path:
    """A copy of a file; it has a plain name: DuckDB takes a `*` or `[` in one for a pattern."""
    target = _new_file(into)
    grid.copy(path, target, name)
    return target


def _new_file(into: Comparison) -> Path:
    descriptor, name = tempfile.mkstemp(dir=into.folder)
    os.close(descriptor)
    return Path(name)


def sources(
    workbook: Workbook,
    files: Sequence[Path],
    sheet: str | None = None,
    extract_name: str | None = None,
    month: Month | None = None,
    joined: Sequence[str] = (),
) -> list[InputFile]:
    """The files to load, as an analyst names them; `LoadError` when that can't be meant.

    `joined` are `NAME=FILE` of the files that the SQL of the extract reads too.
    """
    twice = [path for number, path in enumerate(files) if path in files[:number]]
    if twice:
        raise LoadError(f"{twice[0]} is named twice.")
    made = described(workbook, extract_name) if extract_name else None
    if isinstance(made, Query):
        says_month = not asks_month(made)
    elif joined:
        raise LoadError("--with names a table for the SQL of an extract: leave it out.")
    else:
        says_month = made is None or made.has_month
    if month and says_month:
        raise LoadError("the files say their months themselves: leave out --month.")
    if not month and not says_month:
        raise LoadError(f"say which month the extract is of: --month {EXAMPLE}.")
    tables = _tables(joined)
    given = str(month) if month else None
    return [InputFile(path, sheet, made, given, tables) for path in files]


def _tables(joined: Sequence[str]) -> dict[str, Path]:
    """The files of `NAME=FILE`, by name."""
    tables: dict[str, Path] = {}
    for each in joined:
        name, _, file = each.partition("=")
        if not (re.fullmatch(r"[a-z][a-z0-9_]*", name) and file):
            raise LoadError(f"--with {each}: write a name in small letters and a file, NAME=FILE.")
        if name in TAKEN or name in tables:
            raise LoadError(f"--with {each}: there is a table `{name}` already. Take another name.")
        tables[name] = Path(file)
    return tables


def loaded_file(path: Path, name: str, results: int) -> LoadedFile:
    """A file as the ledger remembers it."""
    plain_name = visible_line(name.encode("utf-8", "replace").decode())
    return LoadedFile(name=plain_name, sha256=file_hash(path), rows=results)
