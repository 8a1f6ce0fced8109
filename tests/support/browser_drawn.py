"""What a chart draws: the points of its lines in order, its symbols and its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bs4 import Tag

Point = tuple[float, float]
NUMBER = r"-?\d+(?:\.\d+)?(?:e-?\d+)?"
PAIR = re.compile(rf"({NUMBER}),({NUMBER})")
GRACE = 0.11
"""Pixels: a page rounds to a tenth of one."""


@dataclass(frozen=True)
class Drawn:
    """A chart in the coordinates of its own plots, all in the order in which it is painted."""

    lines: list[list[Point]]
    symbols: list[Point]
    words: list[str]

    def differences(self, other: Drawn) -> list[str]:
        """Where `other` departs from this drawing, a line each."""
        found = [] if self.words == other.words else [f"words: {self.words}, {other.words}"]
        pairs = [*zip_longest(self.lines, other.lines, fillvalue=()), (self.symbols, other.symbols)]
        return found + [f"points: {one}, {two}" for one, two in pairs if not _alike(one, two)]


def on_page(chart: Tag) -> Drawn:
    """The chart of a published page: marks carry no class there, and circles are circles."""
    closed = [each for each in chart.find_all("path") if each["d"].endswith("Z")]
    return Drawn(
        lines=[_points(each["d"]) for each in chart.find_all("path") if each not in closed],
        symbols=[
            (float(each["cx"]), float(each["cy"])) if each.name == "circle" else _place(each)
            for each in chart.find_all(["circle", "path"])
            if each.name == "circle" or each in closed
        ],
        words=[each.get_text() for each in chart.find_all("text")],
    )


def by_vega(text: str) -> Drawn:
    """The chart that a view of Vega gives as SVG."""
    chart = BeautifulSoup(text, "html.parser")
    return Drawn(
        lines=[_points(each["d"]) for each in chart.select(".mark-line path")],
        symbols=[_place(each) for each in chart.select(".mark-symbol path")],
        words=[each.get_text() for each in chart.find_all("text")],
    )


def _points(path: str) -> list[Point]:
    return [(float(x), float(y)) for x, y in PAIR.findall(path)]


def _place(symbol: Tag) -> Point:
    (place,) = _points(symbol["transform"])
    return place


def _alike(ones: Sequence[Point], others: Sequence[Point]) -> bool:
    return len(ones) == len(others) and all(
        abs(one - other) <= GRACE
        for pair in zip(ones, others, strict=True)
        for one, other in zip(*pair, strict=True)
    )
