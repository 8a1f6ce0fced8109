"""Which quantities have two names, found by comparing the results.

The number of children looked after is an activity measure and the denominator of an indicator; what
is withheld under one name must be withheld under the other. No declaration is needed: two series
are linked if, in some unit, they agree in every month that both have, with three or more different
values above the threshold. They are then linked in every unit where all months that both have
agree. Such an agreement by chance is unlikely, and would only withhold a figure too many.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from scorecard.display import DATA_PERIODS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorecard.disclosure.counts import Counts, Series

EVIDENCE = 3
"""Different values above the threshold that must agree."""


class Link(NamedTuple):
    """Two series that are one quantity in a unit."""

    unit: str
    one: Series
    other: Series


def linked(counts: Counts, threshold: int) -> list[Link]:
    """Every pair of series that is one quantity, for each unit where it is."""
    proven: dict[tuple[Series, Series], None] = {}
    for of_unit in counts.supplied.values():
        for pair in _comparable(counts, of_unit, threshold):
            above = {value for value in _agreed(of_unit, pair) if value > threshold}
            if len(above) >= EVIDENCE:
                proven[pair] = None
    return [
        Link(unit, *pair)
        for pair in proven
        for unit, of_unit in counts.supplied.items()
        if _agreed(of_unit, pair)
    ]


def _agreed(
    of_unit: Mapping[Series, Mapping[int, float]], pair: tuple[Series, Series]
) -> list[float]:
    """The values of two series where they agree in every month that both have; else nothing."""
    one, other = (of_unit.get(series, {}) for series in pair)
    common = [value for month, value in one.items() if other.get(month) == value]
    return common if len(common) == len(one.keys() & other.keys()) else []


def _comparable(
    counts: Counts, of_unit: Mapping[Series, Mapping[int, float]], threshold: int
) -> Iterator[tuple[Series, Series]]:
    """Pairs of series of one data period that are equal, and above `threshold`, in some month."""
    equal: dict[tuple[str, int, float], list[Series]] = defaultdict(list)
    for series, months in of_unit.items():
        for month, value in months.items():
            if value > threshold:
                equal[_period(counts, series.code), month, value].append(series)
    pairs = (pair for inside in equal.values() for pair in combinations(sorted(inside), 2))
    yield from dict.fromkeys(pairs)


def _period(counts: Counts, code: str) -> str:
    """The kind of period that a series is supplied for; only series of one kind can be linked."""
    indicator = counts.indicators[code]
    if indicator["supplied"] == "window":
        return f"window {indicator['data_period']}"
    return "snapshot" if DATA_PERIODS[indicator["data_period"]].stock else "in the month"
