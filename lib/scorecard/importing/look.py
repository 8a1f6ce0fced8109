"""What a file looks like: where its table is, and which columns say unit, month and measure."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from scorecard.importing.grid import column_names, letters
from scorecard.importing.month_texts import ENGLISH, MonthTexts
from scorecard.params.extracts import Layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from scorecard.importing.comparing import Comparison
    from scorecard.importing.grid import Grid

LOOKED_AT = 500
"""Rows of a file that are looked at."""

START = 1 << 16
"""Bytes that are looked at to find the encoding."""

HEADERS = 3
"""Rows that may name the columns."""

FIGURE = re.compile(r"-?[0-9][0-9,' ]*(?:\.[0-9]+)?%?")


class Indicator(NamedTuple):
    """An indicator, as `Look.indicator` finds it; without a code, none.

    `finished` is whether its results may come without numerator and denominator.
    """

    code: str
    name: str
    format: str
    finished: bool


NONE = Indicator("", "", "", finished=False)


def written(path: Path) -> Layout:
    """In which encoding a CSV file is, and what is between its cells."""
    with path.open("rb") as file:
        start = file.read(START)
    encoding: Literal["utf-8", "utf-16", "cp1252"] = "utf-8"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        try:
            codecs.getincrementaldecoder("utf-8")().decode(start)
        except UnicodeDecodeError:
            encoding = "cp1252"
    text = start.decode(encoding, errors="replace")
    often = {sign: text.count(sign) for sign in (",", ";", "\t")}
    separator = max(often, key=lambda sign: often[sign])
    return Layout.model_validate({"encoding": encoding, "separator": separator})


@dataclass
class Look:
    """A file that is looked at, by its cells and how it is written."""

    into: Comparison
    grid: Grid
    layout: Layout

    def __post_init__(self) -> None:
        self.alike = cache(self.into.alike)
        self.months = MonthTexts.of(ENGLISH)
        rows = list(islice(self.grid.below(0), LOOKED_AT))
        start = self._first_figures(rows)
        self.without_figures = start is None
        first = self._above(rows, start) if start else _first_of_many(rows)
        below = rows[start or first + 1 :]
        self.top = rows[:first]
        self.first_row = rows[first][0] if rows else 1
        self.levels = (start or first + 1) - first
        self.header = self.grid.header(self.first_row, self.levels)
        gaps = (n for n in range(1, len(below)) if below[n][0] > below[n - 1][0] + 1)
        end = next(gaps, len(below))
        self.ends = bool(below[end:]) and all(sum(map(bool, c)) == 1 for _, c in below[end:])
        width = len(self.header)
        table = below[:end] if self.ends else below
        self.rows = [[*cells, *[""] * width][:width] for _, cells in table]

    def _first_figures(self, rows: Sequence[tuple[int, list[str]]]) -> int | None:
        """The first row of the table: it has a figure, and something beside it."""
        for place, (_, cells) in enumerate(rows):
            if place and sum(map(bool, cells)) > 1 and any(map(FIGURE.fullmatch, cells)):
                return place
        return None

    def _above(self, rows: Sequence[tuple[int, list[str]]], start: int) -> int:
        """The first of the rows that name the columns of the table from `start` on."""
        first = start - 1
        while first and start - first < HEADERS:
            number, cells = rows[first - 1]
            given = [cell for cell in cells if cell]
            beside = number == rows[first][0] - 1 and len(given) > 1
            if not beside or any(self.is_month(cell) for cell in given):
                break
            first -= 1
        return first

    @cached_property
    def unit(self) -> int | None:
        """The column that names units."""
        found = {n: len(self.units_in(self.column(n))) for n in range(len(self.header))}
        best = max(found, key=lambda n: found[n], default=None)
        return best if best is not None and found[best] else None

    @cached_property
    def measure(self) -> int | None:
        """The column that says what the figure of its row counts, as an indicator is called."""
        for number in range(len(self.header)):
            given = map(self.alike, self.column(number))
            if number != self.unit and any(name in self._indicators for name in given):
                return number
        return None

    @property
    def repeated(self) -> bool:
        """Whether there are several rows a unit, of one month."""
        unit, month = self.unit, self.month_column
        if unit is None:
            return False
        keys = [(row[unit], row[month] if month is not None else "") for row in self.rows]
        return len(set(keys)) < len(keys)

    def column(self, number: int) -> list[str]:
        """What a column says, where it says anything."""
        return [row[number] for row in self.rows if row[number]]

    def units_in(self, names: Iterable[str]) -> list[str]:
        """Those of some names that units have, each once."""
        return [name for name in dict.fromkeys(names) if self.alike(name) in self.units]

    @cached_property
    def units(self) -> dict[str, str]:
        """Each name of a unit, as names are compared, and its slug; not those of several."""
        units: dict[str, str] = {}
        for each in self.into.units():
            for name in {self.alike(each.unit), self.alike(each.name)}:
                units[name] = "" if name in units else each.unit
        return {name: unit for name, unit in units.items() if unit}

    @cached_property
    def _indicators(self) -> dict[str, Indicator]:
        """Each name of an indicator, as names are compared."""
        made = (Indicator(*row) for row in self.into.run("loadable_indicators"))
        return {self.alike(indicator.name): indicator for indicator in made}

    def indicator(self, name: str) -> Indicator:
        """The indicator that is called most nearly so."""
        near = get_close_matches(self.alike(name), self._indicators, n=1, cutoff=0.6)
        return self._indicators[near[0]] if near else NONE

    def is_month(self, given: str) -> bool:
        """Whether a text is a month, alone or behind other words."""
        plain = self.months.plain(given)
        return bool(given and self.into.run("is_month", written=plain)[0][0])

    def month_in(self, header: str) -> str | None:
        """The words in front of the month in a header; None when there is no month in it."""
        words = header.split(" ")
        for last in range(1, len(words) + 1):
            tail = " ".join(words[-last:])
            if not FIGURE.fullmatch(tail) and self.is_month(tail):
                return " ".join(words[:-last])
        return None

    @cached_property
    def month_cell(self) -> str:
        """The cell above the table that holds a month, such as B2; empty for none."""
        for row, cells in self.top:
            for place, cell in enumerate(cells, start=1):
                if not FIGURE.fullmatch(cell) and self.is_month(cell):
                    return f"{letters(place)}{row}"
        return ""

    @cached_property
    def month_column(self) -> int | None:
        """The column that holds months."""
        for number in range(len(self.header)):
            given = set(islice(dict.fromkeys(self.column(number)), 20))
            if given and not any(map(FIGURE.fullmatch, given)) and all(map(self.is_month, given)):
                return number
        return None

    @cached_property
    def provenance(self) -> str:
        """The provenance of most results."""
        found = self.into.run("commonest_provenance")
        return found[0][0] if found else "supplied"

    def by_name(self, number: int) -> str:
        """The name of a column as SQL has it."""
        width = len(self.header)
        return column_names(self.header, width).get(number + 1, letters(number + 1))

    @cached_property
    def figures(self) -> list[int]:
        """The columns that hold figures."""
        return [
            number
            for number in range(len(self.header))
            if number != self.unit and any(map(FIGURE.fullmatch, self.column(number)))
        ]


def _first_of_many(rows: Sequence[tuple[int, list[str]]]) -> int:
    """The first row that has several cells, which names the columns of a list."""
    return next((n for n, (_, cells) in enumerate(rows) if sum(map(bool, cells)) > 1), 0)
