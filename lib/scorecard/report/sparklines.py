"""The shape of a year in a table cell: a small line, drawn inline and described in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from scorecard.report.captions import sparkline_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.figure import Figure
    from scorecard.report.tables import Record

WIDTH, HEIGHT, MARGIN = 72, 20, 3


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
        None if value is None else (MARGIN + i * step, HEIGHT - MARGIN - (value - low) * scale)
        for i, value in enumerate(results)
    ]
    lines = "".join(f'<path d="{path}"/>' for path in _paths(points))
    marked = zip(figures, points, strict=True)
    hollow = [point for each, point in marked if point and each.marker]
    x, y = last = next(point for point in reversed(points) if point)
    end = ' class="hollow"' if last in hollow else ""
    return Markup(  # noqa: S704 (numbers and our own words)
        f'<svg class="spark" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img" aria-label="{escape(sparkline_words(trend))}">{lines}{_rings(hollow)}'
        f'<circle{end} cx="{x:.0f}" cy="{y:.1f}" r="2"/></svg>'
    )


def _rings(points: Sequence[tuple[float, float]]) -> str:
    """A small hollow point at each of `points`: a dot, and a white one on it.

    Each is a line of no length with round ends, which takes a fifth of the bytes of a circle.
    """
    dots = "".join(f"M{x:.0f} {y:.1f}h0" for x, y in points)
    return "".join(f'<path class="{part}" d="{dots}"/>' for part in ("ring", "hole") if dots)


def _paths(points: Sequence[tuple[float, float] | None]) -> list[str]:
    """One path for each run of months without a gap."""
    runs: list[list[str]] = [[]]
    for point in points:
        if point:
            runs[-1].append(f"{point[0]:.0f} {point[1]:.1f}")
        elif runs[-1]:
            runs.append([])
    return [f"M{'L'.join(run)}" for run in runs if len(run) > 1]
