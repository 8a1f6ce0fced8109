"""What an outsider reads on the pages of a pack: counts, hidden counts, and rounded results."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from support.attacker import ALL, HIDDEN, OWN, WITHOUT, YEAR, Count, Seen, number
from support.page_figures import figures, page, rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bs4 import Tag

    from support.attacker import Truth

PREVIOUS = 3
"""Months that the previous report of the attacked month is back."""
COUNTS = {
    "num": (ALL, 0), "denom": (ALL, 0),
    "previous_num": (ALL, PREVIOUS), "previous_denom": (ALL, PREVIOUS),
    "including_num": (ALL, 0), "including_denom": (ALL, 0),
    "excluding_num": (WITHOUT, 0), "excluding_denom": (WITHOUT, 0),
}  # fmt: skip
LEFT_OUT = {"left_out_num": "num", "left_out_denom": "denom"}
"""Counts of those whom a smaller cohort leaves out."""
RESULTS = {
    "result": (ALL, 0, ""), "month_ago": (ALL, 1, ""),
    "previous": (ALL, PREVIOUS, ""), "year_ago": (ALL, 12, ""),
    "r3m": (ALL, 0, "R3M"), "own_month": (ALL, 0, OWN),
    "including_result": (ALL, 0, ""), "excluding_result": (WITHOUT, 0, ""),
}  # fmt: skip
SINGLE = "M"
"""The period of a single month behind a rolling figure."""
ALONE = {"month_alone_num": "num", "month_alone_denom": "denom"}
"""Counts of the last month of a year by itself; hidden ones are read in no other place."""
SUMS = {"sum": 0, "sum_year_ago": 12}
"""What a measure comes to in a year, and how many months before it ended."""
COMPARED = {
    "variance": ("including_result", "excluding_result"),
    "cases_to_target": ("result",),
    "cases_to_floor": ("result",),
    "cases_to_red": ("result",),
    "difference": ("num", "previous_num"),
    "sum_difference": ("sum", "sum_year_ago"),
}
"""Fields that compare others."""


class Reader:
    """Reads the pages of a pack.

    `clashes` are counts hidden in one place and not, or otherwise, in another; `precise` are hidden
    cells with a rating or an arrow, and comparisons with something hidden.
    """

    def __init__(self, pack: Path, truth: Truth, month: str, units: Mapping[str, str]) -> None:
        """`units` says whose page each is, by its file name."""
        self._truth, self._month, self.units = truth, number(month), units
        self.seen = Seen({}, {}, [])
        self.clashes: list[Count] = []
        self.precise: list[tuple[str, str]] = []
        for name, unit in units.items():
            for table in page(pack / f"{name}.html").select("table.data"):
                for row in rows(table):
                    self._row(row, row.get("data-unit", unit))
            self._months(pack / "downloads" / f"{name}-months-behind.csv")

    def _months(self, file: Path) -> None:
        """The single months behind rolling figures, and what they come to in each unit.

        They are drawn on the page; a file of the page has their counts.
        """
        if not file.exists():
            return
        with file.open(encoding="utf-8-sig", newline="") as text:
            lines = list(csv.DictReader(text))
        for line in lines:
            for part in ("num", "denom"):
                month = number(line["month"])
                if line[part]:
                    count = Count(line["unit"], line["code"], ALL, month, part, SINGLE)
                    self._count(count, float(line[part]))
        for code, part in {(line["code"], part) for line in lines for part in ("num", "denom")}:
            for unit in self._truth.parents:
                for period, length in (("", 12), ("R3M", 3)):
                    whole = Count(unit, code, ALL, self._month, part, period)
                    months = [
                        whole._replace(month=self._month - back, period=SINGLE)
                        for back in range(length)
                    ]
                    self.seen.differences.append(((whole, 1), *((each, -1) for each in months)))

    def _row(self, row: Tag, unit: str) -> None:
        month = number(row["data-month"]) if row.get("data-month") else self._month
        group = row.get("data-cohort", ALL)
        read = figures(row)
        hidden = {field for field, figure in read.items() if figure.text == HIDDEN}
        for field, figure in read.items():
            text = figure.text.rstrip("%")
            marked = field in hidden and (figure.rating or figure.direction)
            compared = field not in hidden and hidden & set(COMPARED.get(field, ()))
            if marked or compared:
                self.precise.append((unit, field))
            if field in hidden or text.lstrip("+-").replace(".", "", 1).isdigit():
                value = HIDDEN if field in hidden else float(text)
                self._figure(unit, row.get("data-code"), month, field, value, group)

    def _figure(
        self,
        unit: str,
        code: str | None,
        month: int,
        field: str,
        value: float | str,
        group: str,
    ) -> None:
        if code is None:
            code, _, reading = field.rpartition("-")
            if reading in ("this", "last"):
                self._count(Count(unit, code, ALL, month - (reading == "last"), "num"), value)
            elif reading == "change" and value != HIDDEN:
                this = Count(unit, code, ALL, month, "num")
                self.seen.differences.append(((this, 1), (this._replace(month=month - 1), -1)))
            elif field in self._truth.indicators:
                self._count(Count(unit, field, ALL, month, "num"), value)
            return
        if field == "difference" and value != HIDDEN:
            this = Count(unit, code, ALL, month, "num")
            before = this._replace(month=month - PREVIOUS)
            self.seen.differences.append(((this, 1), (before, -1)))
        elif field in LEFT_OUT and value != HIDDEN:
            whole = Count(unit, code, ALL, month, LEFT_OUT[field])
            self.seen.differences.append(((whole, 1), (whole._replace(cohort=WITHOUT), -1)))
        elif field in ALONE and value != HIDDEN:
            self._count(Count(unit, code, ALL, month, ALONE[field], SINGLE), value)
        elif field in SUMS:
            period = YEAR if self._truth.indicators[code]["data_period"] == "M" else ""
            self._count(Count(unit, code, ALL, month - SUMS[field], "num", period), value)
        elif field in COUNTS:
            cohort, back = COUNTS[field]
            cohort = group if group != ALL else cohort
            part = "denom" if field.endswith("denom") else "num"
            self._count(Count(unit, code, cohort, month - back, part), value)
        elif field in RESULTS:
            cohort, back, period = RESULTS[field]
            cohort = group if group != ALL else cohort
            count = Count(unit, code, cohort, month - back, "num", period)
            if self._truth.indicators[code]["format"] == "count":
                self._count(count, value)
            elif value != HIDDEN:
                self.seen.results[count] = value

    def _count(self, count: Count, value: float | str) -> None:
        if self.seen.counts.setdefault(count, value) != value:
            self.clashes.append(count)
