"""From a file of any layout to results, by the SELECT of `params/extracts/NAME.sql`.

The SQL runs in a DuckDB of its own, in memory, that reaches no file and no network. A file may be a
list of children: no message shows a cell of it. The SQL runs on empty tables first. What DuckDB
says then is shown, since it can't quote a cell; what it says of the run on the file is not.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from threading import Timer
from typing import TYPE_CHECKING, Any

import duckdb
from duckdb import ColumnExpression, ConstantExpression, FunctionExpression, StatementType

from scorecard.errors import Fault, ParamsError
from scorecard.importing.grid import (
    CALCULATE,
    NEVER_CALCULATED,
    UNCALCULATED,
    Hidden,
    column_names,
    letters,
    text,
)
from scorecard.store.staging import COLUMNS, INSTEAD, ROWS, UnreadableError, sql
from scorecard.unseen import UNSEEN, described
from scorecard.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scorecard.importing.grid import Grid, Row
    from scorecard.importing.month_texts import MonthTexts
    from scorecard.importing.unit_names import UnitNames
    from scorecard.params.extracts import Query

CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "temp_directory": "",
    "memory_limit": "1GB",
    "lock_configuration": True,
}
SECONDS = 60.0
"""How long the SQL may take."""

WIDTH = 1000
"""Columns of a file: each may be named by its letter and by its header."""

SHEET, TOP = "sheet", "top"
"""The tables of the SQL: what is below the header of a file, and the rest of it."""

TAKEN = frozenset({SHEET, TOP, "units", "indicators"})

AT_A_TIME = 20_000
"""Results that are fetched at a time."""

AT_ONCE = 1 << 22
"""Characters and cells of a file that are handed to DuckDB at once."""

RESULT = COLUMNS["results"]
ABOVE = 2**32
"""A row of the file may give many results: the number of each in it, from 1, is kept above the 32
bits of the row's own (`place_of` in SQL)."""

FAILED: dict[type[duckdb.Error], str] = {
    duckdb.ConversionException: (
        "a value can't be converted, as a text to a number. TRY_CAST gives NULL there"
    ),
    duckdb.OutOfMemoryException: f"it needs more than {CLOSED['memory_limit']} of memory",
    duckdb.OutOfRangeException: "a number is too large for its type",
    duckdb.InterruptException: f"it takes longer than {SECONDS:.0f} seconds",
}
"""What goes wrong with the data → in plain words."""

LINE = re.compile(r"^LINE (\d+):", re.MULTILINE)


@dataclass
class BySql:
    """A file that is read by SQL, under the `name` that faults give it.

    `joined` are other files, by the name of their tables: what faults call them, and their cells.
    `catalogue` has the columns of units and indicators. `month` is that of the command line.
    """

    name: str
    query: Query
    grid: Grid
    joined: Mapping[str, tuple[str, Grid]]
    catalogue: Mapping[str, Mapping[str, Sequence[str | None]]]
    units: UnitNames
    months: MonthTexts
    month: str | None
    by_row: bool = field(default=False, init=False)
    """Whether the result keeps the row of the file."""

    def __post_init__(self) -> None:
        self._hidden = Hidden(self.grid)
        self._read = self._made = 0

    def hidden(self) -> Iterator[str]:
        """What was loaded though it is hidden, once the results have been read."""
        yield from self._hidden.lines(self.name, [], ())

    def notes(self) -> Iterator[str]:
        """How many rows became how many results."""
        rows, made = counted(self._read, "row", "rows"), counted(self._made, "result", "results")
        yield f"{self.name}: {self.query.file} makes {made} of {rows}."

    def faults(self) -> Iterator[Fault]:
        """Nothing is wrong with the columns unless the SQL finds one missing."""
        yield from ()

    def results(self) -> Iterator[Row | Fault]:
        """Every result of the file, or what is wrong with a row of it.

        Raises `ParamsError` when the SQL is faulty or can't be carried out.
        """
        with self._opened() as trial, self._opened() as connection:
            headers: list[str] = []
            faulty = False
            for place, table in enumerate(self._tables()):
                with self._unquoted():
                    for fault in table.faults(connection):
                        faulty = True
                        yield fault
                if faulty:
                    return
                headers += table.create_views(trial)
                table.create_views(connection)
                if place == 0:
                    self._read = table.rows
            yield from self._found(connection, self._tried(trial, headers))

    @contextmanager
    def _opened(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A database that reaches nothing, with the catalogue."""
        with duckdb.connect(config=CLOSED) as connection:
            for name, columns in self.catalogue.items():
                connection.execute(sql(f"extracts/{name}"), columns)
            connection.execute(sql("extracts/cells"))
            yield connection

    def _tables(self) -> Iterator[_Table]:
        """The tables of the SQL, the file's own first."""
        layout = self.query.says
        yield _Table(SHEET, self.grid, self.name, layout.header_row, layout.header_rows)
        for name, (file, grid) in self.joined.items():
            yield _Table(name, grid, file, 1, 1)

    def placed(self, fault: Fault) -> Fault:
        """A fault of a result, in the row that it comes from."""
        remedy = f"{fault.remedy} {self.query.file} gives it.".strip()
        if self.by_row:
            row = fault.row % ABOVE
            return Fault(fault.file, row, fault.column, fault.problem, remedy, fault.rows)
        first = f"result {fault.row}"
        which = first if fault.rows == 1 else f"{fault.rows} results from {first}"
        problem = f"{which} of the SQL: {fault.problem}"
        return Fault(fault.file, 0, fault.column, problem, remedy, fault.rows)

    def _tried(self, connection: duckdb.DuckDBPyConnection, headers: Sequence[str]) -> list[str]:
        """The columns that the SQL gives, tried on empty tables."""
        try:
            with _limited(connection):
                found = connection.execute(self.query.sql, self._parameters).description or []
        except duckdb.Error as error:
            raise self._wrong(error, headers) from None
        columns = [str(name).lower() for name, *_ in found]
        for column in RESULT:
            if column not in columns:
                raise ParamsError(
                    f"{self.query.file}: it gives no column `{column}`. Its SELECT has to name "
                    f"{', '.join(RESULT)}, and may name {', '.join(INSTEAD)} and row"
                )
        for place, column in enumerate(columns):
            if column not in (*RESULT, *INSTEAD, "row"):
                known = f"{', '.join((*RESULT, *INSTEAD))} and row"
                problem = f"no result has a column `{column}`, only {known}. Delete it"
                raise ParamsError(f"{self.query.file}: {problem}")
            if column in columns[:place]:
                raise ParamsError(f"{self.query.file}: it gives `{column}` twice. Delete one")
        self.by_row = "row" in columns
        return columns

    def _found(
        self, connection: duckdb.DuckDBPyConnection, columns: Sequence[str]
    ) -> Iterator[Row | Fault]:
        """The results that the SQL gives."""
        of_row: dict[int, int] = {}
        for values in self._fetched(connection):
            self._made += 1
            written = dict(zip(columns, values, strict=True))
            kept = written.get("row")
            row = kept if isinstance(kept, int) and 0 < kept <= ROWS else 0
            of_row[row] = of_row.get(row, 0) + 1
            number = row + of_row[row] * ABOVE if self.by_row else self._made
            given = (*RESULT, *INSTEAD)
            cells = {column: text(written.get(column)).strip() or None for column in given}
            if self._made > ROWS:
                problem = f"{self.query.file} gives more than {ROWS:,} results."
                raise UnreadableError(Fault(self.name, 0, "", problem, "Let it give fewer."))
            unit = cells["unit"] or ""
            meant = self.units.meant(unit)
            if len(meant) == 1:
                cells["unit"] = meant[0].unit
            elif meant:
                problem = self.units.can_mean(unit)
                remedy = "Give the slug of one of them."
                yield self.placed(Fault(self.name, number, "unit", problem, remedy))
                continue
            month, name, code, cohort, num, denom, provenance, status, result = cells.values()
            yield (
                number, self.months.plain(month), name, code, cohort, num, denom, provenance,
                status, result,
            )  # fmt: skip
        hidden = self.grid.hidden_rows
        self._hidden.rows = sorted(hidden.intersection(of_row) if self.by_row else hidden)

    def _fetched(self, connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
        with self._unquoted(), _limited(connection):
            done = connection.execute(self.query.sql, self._parameters)
            while rows := done.fetchmany(AT_A_TIME):
                yield from rows

    @contextmanager
    def _unquoted(self) -> Iterator[None]:
        """Say what failed with the data, and not what DuckDB says, which quotes cells."""
        try:
            yield
        except duckdb.Error as error:
            why = FAILED.get(
                type(error), f"it fails ({type(error).__name__.removesuffix('Exception')})"
            )
            hint = "The cell is not shown, because it may be about a child"
            raise ParamsError(
                f"{_place(self.query, error)}, reading {self.name}: {why}. {hint}"
            ) from None

    @property
    def _parameters(self) -> dict[str, str] | None:
        return {"month": self.month} if self.month else None

    def _wrong(self, error: duckdb.Error, headers: Sequence[str]) -> ParamsError:
        """What is wrong with the SQL itself."""
        if isinstance(error, duckdb.InterruptException | duckdb.OutOfMemoryException):
            return ParamsError(f"{self.query.file}: {FAILED[type(error)]}")
        problem = _problem(error).rstrip("!.")
        if isinstance(error, duckdb.PermissionException):
            problem = "it may read no file, only the table `sheet` and those named by --with"
        table = re.match(r"Table with name (\w+) does not exist", problem)
        if table:
            problem += f". Name its file: --with {table[1]}=FILE"
        column = re.match(r'Referenced column "(.*)" not found', problem)
        near = get_close_matches(column[1], headers, n=1) if column else []
        hint = f"; did you mean `{near[0]}`?" if near else ""
        return ParamsError(f"{_place(self.query, error)}: {problem}{hint}")


@contextmanager
def _limited(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Stop what a connection does after so many seconds, by an error of DuckDB."""
    clock = Timer(SECONDS, connection.interrupt)
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


def asks_month(query: Query) -> bool:
    """Whether the SQL takes the month from the command line, as `$month`.

    Raises `ParamsError` when it is no SELECT.
    """
    try:
        found = duckdb.extract_statements(query.sql)
    except duckdb.Error as error:
        raise ParamsError(f"{_place(query, error)}: {_problem(error)}") from None
    if len(found) != 1 or found[0].type != StatementType.SELECT:
        raise ParamsError(f"{query.file}: it has to be one SELECT, and nothing else (no PIVOT)")
    others = [name for name in sorted(found[0].named_parameters) if name != "month"]
    if others:
        raise ParamsError(f"{query.file}: `${others[0]}` is unknown; only `$month` is given")
    return bool(found[0].named_parameters)


class _Table:
    """A file on its way into the table `name` of the SQL, or into `top` what is above its header.

    `file` is what faults call it.
    """

    def __init__(self, name: str, grid: Grid, file: str, header_row: int, header_rows: int) -> None:
        first = max(header_row, grid.first)
        self._name, self._grid, self._file = name, grid, file
        self._top = first + header_rows - 1
        self._header = grid.header(first, header_rows)
        self.rows = self._width = 0

    def faults(self, connection: duckdb.DuckDBPyConnection) -> Iterator[Fault]:
        """Copy the cells; yield what keeps a row from being read, without what its cells say."""
        held: list[tuple[int, list[str]]] = []
        size = 0
        for number, cells in self._grid.below(0):
            width = max(n for n, cell in enumerate(cells, start=1) if cell)
            if width > WIDTH:
                problem = f"there are {width:,} columns, and SQL reads {WIDTH:,}."
                yield Fault(self._file, number, "", problem, "Delete those that are not needed.")
                return
            yield from self._row_faults(number, cells)
            self.rows += number > self._top
            self._width = max(self._width, width)
            held.append((number, cells))
            size += sum(map(len, cells)) + width
            if size > AT_ONCE:
                self._hold(connection, held)
                held, size = [], 0
        self._hold(connection, held)

    def _hold(
        self, connection: duckdb.DuckDBPyConnection, held: Sequence[tuple[int, list[str]]]
    ) -> None:
        """Copy rows, if there are any."""
        if held:
            asked = {
                "name": self._name,
                "row": [number for number, _ in held],
                "cells": [[cell or None for cell in cells] for _, cells in held],
            }
            connection.execute(sql("extracts/hold"), asked)

    def create_views(self, connection: duckdb.DuckDBPyConnection) -> list[str]:
        """Make the tables that the SQL knows, and give the names of their columns."""
        names = column_names(self._header[: self._width], self._width)
        row, cells = ColumnExpression("row"), ColumnExpression("cells")
        named = [(letters(n), FunctionExpression("list_extract", cells, ConstantExpression(n)))
                 for n in range(1, self._width + 1)]  # fmt: skip
        by_letter = [row, *(cell.alias(name) for name, cell in named)]
        by_header = [named[n - 1][1].alias(name) for n, name in names.items()]
        of_file = connection.table("_cells").filter(
            ColumnExpression("name") == ConstantExpression(self._name)
        )
        if self._name == SHEET:
            of_file.filter(row <= ConstantExpression(self._top)).select(*by_letter).create_view(TOP)
        below = of_file.filter(row > ConstantExpression(self._top))
        below.select(*by_letter, *by_header).create_view(self._name)
        return list(names.values())

    def _row_faults(self, number: int, cells: Sequence[str]) -> Iterator[Fault]:
        hides = UNSEEN.search("".join(cells)) is not None
        if not hides and UNCALCULATED not in cells:
            return
        for place, cell in enumerate(cells, start=1):
            header = self._header[place - 1] if place <= len(self._header) else ""
            column = header if header and number > self._top else letters(place)
            if found := UNSEEN.search(cell):
                problem = f"a cell holds a character that nobody sees ({described(found[0])})."
                yield Fault(self._file, number, column, problem, "Type the cell again.")
            elif cell == UNCALCULATED:
                yield Fault(self._file, number, column, NEVER_CALCULATED, CALCULATE)


def _problem(error: duckdb.Error) -> str:
    """What DuckDB says, without its kind of error and the SQL that it repeats."""
    return str(error).partition("\n")[0].partition(": ")[2]


def _place(query: Query, error: duckdb.Error) -> str:
    """The file of the SQL, and the line that DuckDB names."""
    found = LINE.search(str(error))
    return f"{query.file}, line {int(found[1]) + query.above}" if found else query.file
