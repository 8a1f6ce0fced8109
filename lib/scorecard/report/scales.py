"""The scale of a chart: what is in sight, and where words at its edges and ends are."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from scorecard.display import is_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

LINE_APART = 15
"""Pixels between the words of two lines, so that none covers another."""
SQUEEZES = 3
"""How many times the range of the results a scale is that squeezes them."""
LEAST_RANGE = 0.05
"""The least range of results, as a part of the highest: a smaller one counts as this, so that a
scale doesn't make a small difference look large."""


def far_lines(
    results: Sequence[float], lines: Mapping[str, Iterable[Decimal | None]], form: str
) -> dict[str, bool]:
    """The `lines` that would squeeze `results`, and whether each is above them (or below).

    A line that crosses the results, or is near enough, does not; the nearest is looked at first.
    Results that are all the same can't be squeezed.
    """
    low, high = min(results), max(results)
    beyond: list[tuple[float, str, bool]] = []
    inside = [low, high]
    for line, values in lines.items():
        given = [float(value) for value in values if value is not None]
        if max(given) < low or min(given) > high:
            above = min(given) > high
            beyond.append((max(given) if above else min(given), line, above))
        else:
            inside += given
    far: dict[str, bool] = {}
    for end, line, above in sorted(beyond, key=lambda each: max(low - each[0], each[0] - high)):
        bottom, top = scale_of([*inside, end], form)
        if high > low and top - bottom > SQUEEZES * max(high - low, LEAST_RANGE * high):
            far[line] = above
        else:
            inside.append(end)
    return far


def scale_beside(
    results: Sequence[float],
    lines: Sequence[float],
    form: str,
    words: Mapping[str, bool],
    room: int,
) -> tuple[float, float]:
    """A scale of `results` and `lines`; with `words` at its edges, also their places.

    `words` are lines out of sight, each above (or below), and `room` the pixels of the scale.
    """
    low, high = min(results), max(results)
    if not words:
        return scale_of([*results, *lines], form)
    more = max(0, LEAST_RANGE * high - (high - low)) / 2
    low, high = scale_of([low - more, high + more, *lines], form)
    above = sum(words.values())
    line = (high - low) * LINE_APART / (room - LINE_APART * len(words))
    return low - line * (len(words) - above), high + line * above


def spread(places: Sequence[float], apart: float, room: float) -> list[float]:
    """Move ascending `places` on a line of length `room` so that neighbours are `apart`.

    Those that are far enough stay where they are; the others move as little as it takes, down
    first and up again from the end of the line.
    """
    moved = list(places)
    for i, (above, below) in enumerate(pairwise(places), start=1):
        moved[i] = max(below, moved[i - 1] + apart) if above is not None else below
    limit = room
    for i in reversed(range(len(moved))):
        moved[i] = min(moved[i], limit)
        limit = moved[i] - apart
    return moved


def scale_of(values: Sequence[float], form: str) -> tuple[float, float]:
    """A scale that holds all `values` with a margin, never past what a percentage can be."""
    low, high = min(values), max(values)
    margin = (high - low) * 0.12 or abs(high) * 0.1 or 1
    low, high = max(0, low - margin), high + margin
    return low, min(high, 100) if is_part(form) else high
