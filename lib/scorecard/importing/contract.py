"""A spreadsheet's sheet that holds results as a results file does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.errors import brief
from scorecard.importing.grid import CALCULATE, NEVER_CALCULATED, UNCALCULATED, Hidden, Row
from scorecard.input_faults import Fault
from scorecard.store.csv_files import header_faults, unseen
from scorecard.store.staging import COLUMNS, INSTEAD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.importing.grid import Grid

NAMED = 12
"""Columns that are named in a message."""


@dataclass
class Contract:
    """A sheet under the `name` that faults give it; its names are in the first row."""

    name: str
    grid: Grid

    def __post_init__(self) -> None:
        self._header = self.grid.header(1)
        self._hidden = Hidden(self.grid)

    def hidden(self) -> Iterator[str]:
        """What was loaded though it is hidden, once the results have been read."""
        yield from self._hidden.lines(self.name, self._header, COLUMNS["results"])

    def notes(self) -> Iterator[str]:
        """Nothing is passed over without a word."""
        yield from extra_columns(self.name, self._header)

    def faults(self) -> Iterator[Fault]:
        """What is wrong with the columns."""
        hidden = list(unseen(self.name, 1, self._header))
        yield from hidden or header_faults(self.name, self._header, COLUMNS["results"])

    def results(self) -> Iterator[Row | Fault]:
        """Every result of the sheet, or what is wrong with a row of it."""
        names = [*COLUMNS["results"], *(name for name in INSTEAD if name in self._header)]
        place = [self._header.index(name) for name in names]
        for number, cells in self.grid.below(1):
            padded = [*cells, *[""] * (len(self._header) - len(cells))]
            written = [padded[position] for position in place]
            if unseen_here := list(unseen(self.name, number, cells, self._header)):
                yield from unseen_here
            elif any(padded[len(self._header) :]):
                yield Fault(
                    self.name, number, "", "a cell is outside the table.",
                    "Name its column in the first row, or delete it.",
                )  # fmt: skip
            elif UNCALCULATED in written:
                column = names[written.index(UNCALCULATED)]
                yield Fault(self.name, number, column, NEVER_CALCULATED, CALCULATE)
            else:
                self._hidden.row(number)
                by_name = dict(zip(names, (cell or None for cell in written), strict=True))
                yield Row(number, *(by_name.get(name) for name in (*COLUMNS["results"], *INSTEAD)))

    def placed(self, fault: Fault) -> Fault:
        """A fault of a result is where its row says."""
        return fault


def extra_columns(name: str, header: list[str]) -> Iterator[str]:
    """A word on the columns that hold no part of a result."""
    known = (*COLUMNS["results"], *INSTEAD)
    extra = [f"`{brief(each)}`" for each in header if each and each not in known]
    if extra:
        more = f" and {len(extra) - NAMED} more" if len(extra) > NAMED else ""
        yield f"{name}: not loaded, since no result has it: {', '.join(extra[:NAMED])}{more}."
