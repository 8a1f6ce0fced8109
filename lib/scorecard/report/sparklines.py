"""The shape of a year in a table cell: a small line, drawn inline and described in words."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from scorecard.report.captions import sparkline_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.figure import Figure
    from scorecard.report.cell import Record

WIDTH, HEIGHT, MARGIN = 144, 40, 6
"""Units of the drawing, two to a pixel: whole numbers, each point relative to the one before, take
half the bytes of positions to a tenth of a pixel."""

Point = tuple[int, int]


def sparkline(trend: Sequence[Record]) -> Markup:
    """The results of `trend` (records of the trend macro, oldest first) as inline SVG.

    Months without a result, or with one that is withheld, break the line. A result that carries a
    marker, such as an estimate's, is a hollow point. Nothing is drawn from fewer than two results.
    """
    figures: list[Figure] = [row["latest"] for row in trend]
    results = [None if each.result is None else float(each.result) for each in figures]
    known = [value for value in results if value is not None]
    if len(known) < 2:
        how = next((how for each in figures if (how := each.withheld())), None)
        text = f"Trend {how.words}" if how else "No trend yet"
        return Markup('<span class="unrated">{}</span>').format(text)
    low, high = min(known), max(known)
    step = (WIDTH - 2 * MARGIN) / (len(results) - 1)
    scale = (HEIGHT - 2 * MARGIN) / (high - low) if high > low else 0
    points = [
        None
        if value is None
        else (round(MARGIN + i * step), round(HEIGHT - MARGIN - (value - low) * scale))
        for i, value in enumerate(results)
    ]
    lines = "".join(f'<path d="{path}"/>' for path in _paths(points))
    marked = zip(figures, points, strict=True)
    hollow = [point for each, point in marked if point and each.marker]
    x, y = last = next(point for point in reversed(points) if point)
    end = ' class="hollow"' if last in hollow else ""
    return Markup(  # noqa: S704 (numbers and our own words)
        f'<svg class="spark" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH // 2}" '
        f'height="{HEIGHT // 2}" '
        f'role="img" aria-label="{escape(sparkline_words(trend))}">{lines}{_dots(hollow)}'
        f'<circle{end} cx="{x}" cy="{y}" r="4"/></svg>'
    )


def _dots(points: Sequence[Point]) -> str:
    """A small hollow point at each of `points`: the corners of a line that is not drawn.

    The style sheet puts the mark there that the heading of a page defines, so that a point takes a
    tenth of the bytes of a circle.
    """
    first, *rest = _steps(points) or [""]
    way = f"l{_close(' '.join(rest))}" if rest else "h0"
    return f'<path class="dots" d="M{first}{way}"/>' if first else ""


def _paths(points: Sequence[Point | None]) -> list[str]:
    """One path for each run of months without a gap."""
    runs = [[p for p in run if p] for there, run in groupby(points, bool) if there]
    starts = [(first, " ".join(rest)) for first, *rest in map(_steps, runs)]
    return [f"M{first}l{_close(rest)}" for first, rest in starts if rest]


def _steps(points: Sequence[Point]) -> list[str]:
    """The first of `points`, and the way from each to the next."""
    if not points:
        return []
    ways = [(x - x0, y - y0) for (x0, y0), (x, y) in pairwise(points)]
    return [_close(f"{x} {y}") for x, y in (points[0], *ways)]


def _close(numbers: str) -> str:
    """Numbers without the spaces before a minus."""
    return numbers.replace(" -", "-")
