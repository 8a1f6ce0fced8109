"""From an extract, one row a team and one column a measure, to results."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scorecard.errors import brief, suggestion
from scorecard.importing.grid import (
    CALCULATE,
    NEVER_CALCULATED,
    UNCALCULATED,
    Hidden,
    Row,
    packed,
    plain,
    unpacked,
)
from scorecard.importing.unit_names import PARAMS
from scorecard.input_faults import Fault
from scorecard.params.extracts import EMPTY_ROW
from scorecard.store.csv_files import unseen
from scorecard.unseen import SPACES
from scorecard.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scorecard.importing.grid import Grid
    from scorecard.importing.month_texts import MonthTexts
    from scorecard.importing.unit_names import UnitNames
    from scorecard.params.extracts import Extract


GROUPED = {
    sign: re.compile(rf"[0-9]{{1,3}}(?:[{between}][0-9]{{3}})+(?:\.[0-9]+)?")
    for sign, between in ((",", ","), ("'", "'"), (" ", SPACES))
}
"""Separator of thousands → the pattern of a number that has it."""

NAMED = 3
"""The most unknown unit names that a note lists."""


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
    """Names under `skip` in the description → the first row that has it, and how many rows."""
    unknown: dict[str, int] = field(default_factory=dict)
    """Names that are no unit's, whose rows were skipped → how many rows have each."""
    overruled: dict[str, None] = field(default_factory=dict)
    without: int = 0
    signs: Counter[str] = field(default_factory=Counter)
    """Meaning of a sign in place of a figure → how many results have it."""
    ended: list[int] = field(default_factory=list)
    """The rows below the table."""

    def __post_init__(self) -> None:
        first, rows = max(self.extract.header_row, self.grid.first), self.extract.header_rows
        self._header = self.grid.header(first, rows)
        self._header_row = first + rows - 1
        self._results = {
            index: each
            for index, each in enumerate(self.extract.results, start=1)
            if not each.optional or any(name in self._header for name in each.columns)
        }
        columns = [
            *self.extract.keys,
            *(c for each in self._results.values() for c in each.columns),
        ]
        self._used = list(dict.fromkeys(columns))
        self._hidden = Hidden(self.grid)
        self._month_said = self._month_of_cell()

    def hidden(self) -> Iterator[str]:
        """What was loaded though it is hidden, once the results have been read."""
        yield from self._hidden.lines(self.name, self._header, self._used)

    def notes(self) -> Iterator[str]:
        """What was passed over, once the results have been read."""
        for index, each in enumerate(self.extract.results, start=1):
            if index not in self._results:
                missing = " and ".join(f"`{name}`" for name in each.columns)
                yield f"{self.name}: no column {missing}, so no result of `{each.code}`."
        if self.skipped:
            words = [
                f"{name or 'no name'} ({f'row {row}' if rows == 1 else f'{rows} rows from {row}'})"
                for name, (row, rows) in self.skipped.items()
            ]
            yield f"{self.name}: skipped {', '.join(words)}."
        if self.unknown:
            rows = counted(sum(self.unknown.values()), "row", "rows")
            names = ", ".join(f"`{brief(name)}`" for name in list(self.unknown)[:NAMED])
            more = f" and {len(self.unknown) - NAMED:,} more" if len(self.unknown) > NAMED else ""
            yield f"{self.name}: passed over {rows} whose name is not a unit's: {names}{more}."
        yield from (f"{self.name}: {sentence}" for sentence in self.overruled)
        if self.without:
            yield f"{self.name}: results left out because their cells are empty: {self.without}."
        if self.signs:
            words = [f"{results} {meaning}" for meaning, results in sorted(self.signs.items())]
            yield f"{self.name}: a sign is in place of the figure: {', '.join(words)}."
        if self.ended:
            rows = counted(len(self.ended), "row is", "rows are")
            yield f"{self.name}: the table ends above row {self.ended[0]}: {rows} not read."

    def faults(self) -> Iterator[Fault]:
        """What is wrong with the columns."""
        hidden = list(unseen(self.name, self._header_row, self._header))
        yield from hidden or self._header_faults()

    def _header_faults(self) -> Iterator[Fault]:
        for name in self._used:
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
        place = {name: self._header.index(name) for name in self._used}
        for number, cells in self._table():
            padded = [*cells, *[""] * (len(self._header) - len(cells))]
            row = {name: padded[position] for name, position in place.items()}
            written = plain(row[self.extract.unit_column])
            meant = self.units.meant(written, self._month(row))
            if unseen_here := list(unseen(self.name, number, cells, self._header)):
                yield from unseen_here
            elif self.units.skipped(written):
                self.skipped.setdefault(written, [number, 0])[1] += 1
            elif any(padded[len(self._header) :]):
                yield Fault(
                    self.name, number, "", "a cell is outside the table.",
                    "Name its column, or delete it.",
                )  # fmt: skip
            elif not meant and self.extract.unknown_units == "skip":
                self.unknown[written] = self.unknown.get(written, 0) + 1
            elif len(meant) != 1:
                wrong = self.units.unclear(meant, written) if meant else self.units.unknown(written)
                yield Fault(self.name, number, self.extract.unit_column, *wrong)
            else:
                if overruled := self.units.overruled(written):
                    self.overruled[overruled] = None
                yield from self._of_row(number, row, meant[0].unit)

    def _table(self) -> Iterator[tuple[int, list[str]]]:
        """The rows of the table, up to where it ends."""
        ends, last = self.extract.ends_before, 0
        for number, cells in self.grid.below(self._header_row):
            if not self.ended and ends:
                empty = last and number > last + 1
                first = plain(next(filter(None, cells)))
                ended = empty if ends == EMPTY_ROW else re.match(ends, first)
                last = number
            if self.ended or (ends and ended):
                self.ended.append(number)
            else:
                yield number, cells

    def placed(self, fault: Fault) -> Fault:
        """A fault of a result, in the cell that it comes from."""
        row, index = unpacked(fault.row)
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
            column = measured.columns[0]
        return Fault(fault.file, row, column, fault.problem, fault.remedy, rows)

    def _of_row(self, number: int, row: Mapping[str, str], unit: str) -> Iterator[Row | Fault]:
        for name, cell in row.items():
            if cell == UNCALCULATED:
                yield Fault(self.name, number, name, NEVER_CALCULATED, CALCULATE)
                return
        month, loaded = self._month(row), False
        for index, each in self._results.items():
            num, denom, result = (
                self._figure(row[name]) if name else None
                for name in (each.num, each.denom, each.result)
            )
            result = result and result.removesuffix("%").rstrip()
            if sign := self._sign([row[name] for name in each.columns]):
                self.signs[sign] += 1
                num, denom, result = sign.replace(" ", "_"), None, None
            if (num, denom, result) == (None, None, None):
                self.without += 1
            else:
                loaded = True
                yield Row(
                    packed(number, index), month, unit, each.code, each.cohort, num, denom,
                    self.extract.provenance, None, result,
                )  # fmt: skip
        if loaded:
            self._hidden.row(number)

    def _sign(self, pair: Sequence[str]) -> str:
        """The meaning of a sign in place of numerator or denominator; empty without a sign.

        Where one of the two cells has a text that is read as empty, and the other has another
        text, the result is `withheld`.
        """
        for written in pair:
            if written in self.extract.signs:
                return self.extract.signs[written]
        kept_back = [written for written in pair if written and written in self.extract.empty]
        return "withheld" if len(pair) == 2 and len(kept_back) == 1 and all(pair) else ""

    def _figure(self, cell: str) -> str | None:
        """A cell's figure, None when it holds none; what is wrong with it is found by the rules."""
        if not cell or cell in self.extract.empty:
            return None
        if self.extract.thousands and GROUPED[self.extract.thousands].fullmatch(cell):
            return re.sub(r"[^0-9.]", "", cell)
        return cell

    def _month(self, row: Mapping[str, str]) -> str | None:
        if self.extract.month_column:
            return self.months.plain(row[self.extract.month_column])
        return self._month_said

    def _month_of_cell(self) -> str | None:
        """The month of the whole file: from its `month_cell`, else as the analyst gave it."""
        if not self.extract.month_cell:
            return self.month
        number, column = self.extract.month_place
        cells = self.grid.row(number)
        return self.months.plain(cells[column - 1]) if column <= len(cells) else ""

    def _of_header(self, column: str, problem: str, remedy: str) -> Fault:
        return Fault(self.name, self._header_row, column, problem, remedy)
