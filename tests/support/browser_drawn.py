"""What a chart draws: its lines, the band between limits, its symbols and its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from math import hypot
from operator import eq
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
    """A chart in the coordinates of its own plots, all in the order in which it is painted.

    A symbol is its place and the corners of its outline around it, of which a circle has none.
    """

    lines: list[list[Point]]
    bands: list[list[Point]]
    symbols: list[list[Point]]
    fills: list[str]
    words: list[str]

    def differences(self, other: Drawn) -> list[str]:
        """Where `other` departs from this drawing, a line each."""
        return [
            f"{name}: {one}, {two}"
            for name, alike in KINDS.items()
            for one, two in zip_longest(getattr(self, name), getattr(other, name), fillvalue=())
            if not alike(one, two)
        ]


def on_page(chart: Tag) -> Drawn:
    """The chart of a published page: marks carry no class there, and circles are circles."""
    paths = [each for each in chart.find_all("path") if not each.has_attr("transform")]
    symbols = chart.select("circle, path[transform]")
    return Drawn(
        lines=[line for each in paths if not _closed(each) for line in _pieces(each)],
        bands=[_points(each["d"]) for each in paths if _closed(each)],
        symbols=[_symbol(each) for each in symbols],
        fills=[_fill(each) for each in symbols],
        words=[each.get_text() for each in chart.find_all("text")],
    )


def by_vega(text: str) -> Drawn:
    """The chart that a view of Vega gives as SVG."""
    chart = BeautifulSoup(text, "html.parser")
    symbols = chart.select(".mark-symbol path")
    return Drawn(
        lines=[line for each in chart.select(".mark-line path") for line in _pieces(each)],
        bands=[_points(each["d"]) for each in chart.select(".mark-area path")],
        symbols=[_symbol(each) for each in symbols],
        fills=[_fill(each) for each in symbols],
        words=[each.get_text() for each in chart.find_all("text")],
    )


def _points(path: str) -> list[Point]:
    return [(float(x), float(y)) for x, y in PAIR.findall(path)]


def _pieces(line: Tag) -> list[list[Point]]:
    """The points of a line; each part of one with gaps is a line."""
    return [_points(each) for each in line["d"].split("M")[1:]]


def _closed(path: Tag) -> bool:
    return path["d"].endswith("Z")


def _symbol(symbol: Tag) -> list[Point]:
    if symbol.name == "circle":
        return [(float(symbol["cx"]), float(symbol["cy"]))]
    corners = [] if "A" in symbol["d"] else _points(symbol["d"])
    return _points(symbol["transform"]) + corners


def _fill(symbol: Tag) -> str:
    """The colour that a symbol has or inherits."""
    return next(each["fill"] for each in (symbol, *symbol.parents) if each.has_attr("fill"))


def _same_line(ones: Sequence[Point], others: Sequence[Point]) -> bool:
    """Whether two lines that go from left to right have the same ends and each corner in common.

    A page leaves out the points that a line passes on its way.
    """
    return (
        bool(ones and others)
        and _alike((ones[0], ones[-1]), (others[0], others[-1]))
        and all(_passes(others, each) for each in ones)
        and all(_passes(ones, each) for each in others)
    )


def _passes(line: Sequence[Point], point: Point) -> bool:
    """Whether a line comes as near to a point as rounding takes it."""
    pieces = pairwise(line) if len(line) > 1 else [(line[0], line[0])]
    return any(_distance(point, *piece) <= GRACE for piece in pieces)


def _distance(point: Point, start: Point, end: Point) -> float:
    """From a point to the nearest one of a straight piece of a line."""
    (x, y), (x0, y0), (x1, y1) = point, start, end
    across, down = x1 - x0, y1 - y0
    length = across**2 + down**2
    along = ((x - x0) * across + (y - y0) * down) / length if length else 0
    along = min(max(along, 0), 1)
    return hypot(x0 + along * across - x, y0 + along * down - y)


def _alike(ones: Sequence[Point], others: Sequence[Point]) -> bool:
    return len(ones) == len(others) and all(
        abs(one - other) <= GRACE
        for pair in zip(ones, others, strict=True)
        for one, other in zip(*pair, strict=True)
    )


KINDS = {"lines": _same_line, "bands": _alike, "symbols": _alike, "fills": eq, "words": eq}
"""How two of a kind are compared, by the fields of `Drawn`."""
