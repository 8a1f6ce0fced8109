"""From a file of any layout to results, by the SELECT of `params/extracts/NAME.sql`.

The SQL runs in a closed DuckDB (`sandbox.py`): on empty tables first, then on those of the file
(`sql_tables.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import duckdb

from scorecard.errors import ParamsError
from scorecard.importing.grid import Hidden, Row, packed, text, unpacked
from scorecard.importing.sandbox import limited, opened, unquoted, wrong
from scorecard.importing.sql_tables import SHEET, TOP, SqlTable
from scorecard.input_faults import Fault
from scorecard.store.csv_files import ROWS, UnreadableError
from scorecard.store.staging import COLUMNS, INSTEAD
from scorecard.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scorecard.importing.grid import Grid
    from scorecard.importing.month_texts import MonthTexts
    from scorecard.importing.unit_names import UnitNames
    from scorecard.params.extracts import Query

TAKEN = frozenset({SHEET, TOP, "units", "unit_spells", "indicators"})

AT_A_TIME = 20_000
"""Results that are fetched at a time."""

RESULT = COLUMNS["results"]


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
        with opened(self.catalogue) as trial, opened(self.catalogue) as connection:
            headers: list[str] = []
            faulty = False
            for place, table in enumerate(self._tables()):
                with unquoted(self.query, self.name):
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

    def _tables(self) -> Iterator[SqlTable]:
        """The tables of the SQL, the file's own first."""
        layout = self.query.says
        yield SqlTable(SHEET, self.grid, self.name, layout.header_row, layout.header_rows)
        for name, (file, grid) in self.joined.items():
            yield SqlTable(name, grid, file, 1, 1)

    def placed(self, fault: Fault) -> Fault:
        """A fault of a result, in the row that it comes from."""
        remedy = f"{fault.remedy} The row comes from {self.query.file}.".strip()
        if self.by_row:
            row, _ = unpacked(fault.row)
            return Fault(fault.file, row, fault.column, fault.problem, remedy, fault.rows)
        first = f"result {fault.row}"
        which = first if fault.rows == 1 else f"{fault.rows} results from {first}"
        problem = f"{which} of the SQL: {fault.problem}"
        return Fault(fault.file, 0, fault.column, problem, remedy, fault.rows)

    def _tried(self, connection: duckdb.DuckDBPyConnection, headers: Sequence[str]) -> list[str]:
        """The columns that the SQL gives, tried on empty tables."""
        try:
            with limited(connection):
                found = connection.execute(self.query.sql, self._parameters).description or []
        except duckdb.Error as error:
            raise wrong(self.query, error, headers) from None
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
            number = packed(row, of_row[row]) if self.by_row else self._made
            given = (*RESULT, *INSTEAD)
            cells = {column: text(written.get(column)).strip() or None for column in given}
            if self._made > ROWS:
                problem = f"{self.query.file} gives more than {ROWS:,} results."
                raise UnreadableError(
                    Fault(self.name, 0, "", problem, "Change it so that it gives fewer.")
                )
            unit, month = cells["unit"] or "", self.months.plain(cells["month"])
            meant = self.units.meant(unit, month)
            if len(meant) == 1:
                cells["unit"] = meant[0].unit
            elif meant:
                problem = self.units.can_mean(meant, unit)
                remedy = "Give the slug of one of them."
                yield self.placed(Fault(self.name, number, "unit", problem, remedy))
                continue
            _, name, code, cohort, num, denom, provenance, status, result = cells.values()
            yield Row(
                number, month, name, code, cohort, num, denom, provenance,
                status, result,
            )  # fmt: skip
        hidden = self.grid.hidden_rows
        self._hidden.rows = sorted(hidden.intersection(of_row) if self.by_row else hidden)

    def _fetched(self, connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
        with unquoted(self.query, self.name), limited(connection):
            done = connection.execute(self.query.sql, self._parameters)
            while rows := done.fetchmany(AT_A_TIME):
                yield from rows

    @property
    def _parameters(self) -> dict[str, str] | None:
        return {"month": self.month} if self.month else None
