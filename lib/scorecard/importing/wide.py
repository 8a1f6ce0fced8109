"""From an extract, one row a team and one column a measure, to results."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scorecard.errors import Fault, suggestion
from scorecard.importing.grid import CALCULATE, NEVER_CALCULATED, UNCALCULATED, Hidden, plain
from scorecard.importing.unit_names import PARAMS
from scorecard.store.staging import unseen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorecard.importing.grid import Grid, Row
    from scorecard.importing.month_texts import MonthTexts
    from scorecard.importing.unit_names import UnitNames
    from scorecard.params.extracts import Extract

ABOVE = 2**32
"""A row of an extract holds many results: the number of the measure, from 1, is kept above the 32
bits of the row's own number, so that a fault finds back to its column (`place_of` in SQL)."""


@dataclass
class Wide:
    """A file that is read as `extract` says, under the `name` that faults give it.

    `month` is the month of every row of a file that doesn't say it.
    """

    name: str
    extract: Extract
    grid: Grid
    units: UnitNames
    months: MonthTexts
    month: str | None
    skipped: dict[str, list[int]] = field(default_factory=dict)
    """What was passed over: a name → its first row, and how many rows have it."""
    overruled: dict[str, None] = field(default_factory=dict)
    without: int = 0

    def __post_init__(self) -> None:
        first, rows = max(self.extract.header_row, self.grid.first), self.extract.header_rows
        self._header = self.grid.header(first, rows)
        self._header_row = first + rows - 1
        self._hidden = Hidden(self.grid)
        self._month_said = self._month_of_cell()

    def hidden(self) -> Iterator[str]:
        """What was loaded though it is hidden, once the results have been read."""
        yield from self._hidden.told(self.name, self._header, self.extract.used)

    def notes(self) -> Iterator[str]:
        """What was passed over, once the results have been read."""
        if self.skipped:
            words = [
                f"{name} ({f'row {row}' if rows == 1 else f'{rows} rows from {row}'})"
                for name, (row, rows) in self.skipped.items()
            ]
            yield f"{self.name}: skipped {', '.join(words)}."
        yield from (f"{self.name}: {sentence}" for sentence in self.overruled)
        if self.without:
            yield f"{self.name}: no result where a cell is empty: {self.without} cells."

    def faults(self) -> Iterator[Fault]:
        """What is wrong with the columns."""
        hidden = list(unseen(self.name, self._header_row, self._header))
        yield from hidden or self._header_faults()

    def _header_faults(self) -> Iterator[Fault]:
        for name in self.extract.used:
            if name not in self._header:
                near = suggestion(name, filter(None, self._header)).lstrip("; ")
                remedy = f"{near[:1].upper()}{near[1:]}" if near.startswith("did") else ""
                yield self._of_header(
                    name, "the column is missing.", f"{remedy} Correct it in {PARAMS}.".strip()
                )
            elif self._header.count(name) > 1:
                yield self._of_header(name, "the column occurs twice.", "Rename one of the two.")
        for number, name in enumerate(self._header, start=1):
            if not name:
                yield self._of_header("", f"column {number} has no name.", "Name or delete it.")
            elif name not in (*self.extract.used, *self.extract.ignore):
                yield self._of_header(
                    name, "nothing says what the column is.",
                    f"Name it under results or under ignore in {PARAMS}.",
                )  # fmt: skip

    def results(self) -> Iterator[Row | Fault]:
        """Every result of the file, or what is wrong with a row of it."""
        place = {name: self._header.index(name) for name in self.extract.used}
        for number, cells in self.grid.below(self._header_row):
            padded = [*cells, *[""] * (len(self._header) - len(cells))]
            row = {name: padded[position] for name, position in place.items()}
            said = plain(row[self.extract.unit_column])
            meant = self.units.meant(said)
            if unseen_here := list(unseen(self.name, number, cells, self._header)):
                yield from unseen_here
            elif self.units.skipped(said):
                self.skipped.setdefault(said, [number, 0])[1] += 1
            elif any(padded[len(self._header) :]):
                yield Fault(
                    self.name, number, "", "a cell is outside the table.",
                    "Name its column, or delete it.",
                )  # fmt: skip
            elif len(meant) != 1:
                wrong = self.units.unclear(said) if meant else self.units.unknown(said)
                yield Fault(self.name, number, self.extract.unit_column, *wrong)
            else:
                if overruled := self.units.overruled(said):
                    self.overruled[overruled] = None
                yield from self._of_row(number, row, meant[0].unit)

    def placed(self, fault: Fault) -> Fault:
        """A fault of a result, in the cell that it comes from."""
        row, index = fault.row % ABOVE, fault.row // ABOVE
        if not index:
            return fault
        measured, extract = self.extract.results[index - 1], self.extract
        rows = fault.rows
        if fault.column == "month" and extract.month_cell:
            row, column, rows = extract.month_place[0], extract.month_cell, 1
        elif fault.column == "month":
            column = extract.month_column or ""
        elif fault.column == "unit":
            column = extract.unit_column
        elif fault.column == "denom" and measured.denom:
            column = measured.denom
        else:
            column = measured.num
        return Fault(fault.file, row, column, fault.problem, fault.remedy, rows)

    def _of_row(self, number: int, row: Mapping[str, str], unit: str) -> Iterator[Row | Fault]:
        for name, cell in row.items():
            if cell == UNCALCULATED:
                yield Fault(self.name, number, name, NEVER_CALCULATED, CALCULATE)
                return
        month, without = self._month(row), self.without
        for index, each in enumerate(self.extract.results, start=1):
            num, denom = self._figure(row[each.num]), self._figure(row.get(each.denom or "", ""))
            if num is None and denom is None:
                self.without += 1
            else:
                yield (
                    number + index * ABOVE, month, unit, each.code, each.cohort, num, denom,
                    self.extract.provenance,
                )  # fmt: skip
        if self.without - without < len(self.extract.results):
            self._hidden.row(number)

    def _figure(self, cell: str) -> str | None:
        """A cell's figure, None when it holds none; anything else is left for the rules to tell."""
        return None if not cell or cell in self.extract.empty else cell

    def _month(self, row: Mapping[str, str]) -> str | None:
        if self.extract.month_column:
            return self.months.plain(row[self.extract.month_column])
        return self._month_said

    def _month_of_cell(self) -> str | None:
        """The month of the whole file, as its cell says it or the analyst."""
        if not self.extract.month_cell:
            return self.month
        number, column = self.extract.month_place
        cells = self.grid.row(number)
        return self.months.plain(cells[column - 1]) if column <= len(cells) else ""

    def _of_header(self, column: str, problem: str, remedy: str) -> Fault:
        return Fault(self.name, self._header_row, column, problem, remedy)
