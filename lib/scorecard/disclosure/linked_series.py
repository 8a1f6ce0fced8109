"""Which quantities are one and the same under two names, found in the results themselves.

The children looked after are an activity measure and the denominator of an indicator; what is
withheld under one name must be withheld under the other. Nobody has to declare it: two series are
taken for one in a unit where they agree in every month that both have, three or more of them with
different values above the threshold. They are then so in every other unit too, unless its figures
contradict it. An agreement by chance for so long is hardly possible, and would only withhold a
figure too many.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorecard.disclosure.counts import Counts, Series

EVIDENCE = 3
"""Different values above the threshold that must agree."""


class Same(NamedTuple):
    """Two series that are one quantity in a unit."""

    unit: str
    one: Series
    other: Series


def same(counts: Counts, threshold: int) -> list[Same]:
    """Every pair of series that is one quantity, for each unit where it is."""
    agree: dict[tuple[Series, Series], list[str]] = defaultdict(list)
    proven: dict[tuple[Series, Series], None] = {}
    for unit, of_unit in counts.supplied.items():
        for pair in _comparable(counts, of_unit):
            one, other = of_unit[pair[0]], of_unit[pair[1]]
            common = [value for month, value in one.items() if other.get(month) == value]
            if common and len(common) == len(one.keys() & other.keys()):
                agree[pair].append(unit)
                if len({value for value in common if value > threshold}) >= EVIDENCE:
                    proven[pair] = None
    return [Same(unit, *pair) for pair in proven for unit in agree[pair]]


def _comparable(
    counts: Counts, of_unit: Mapping[Series, Mapping[int, float]]
) -> Iterator[tuple[Series, Series]]:
    """Pairs of series of one data period that are equal in some month."""
    equal: dict[tuple[str, int, float], list[Series]] = defaultdict(list)
    for series, months in of_unit.items():
        for month, value in months.items():
            equal[_period(counts, series.code), month, value].append(series)
    yield from {pair: None for inside in equal.values() for pair in combinations(inside, 2)}


def _period(counts: Counts, code: str) -> str:
    """What kind of month a series is supplied for: only its like can be the same quantity."""
    indicator = counts.indicators[code]
    if indicator["supplied"] == "window":
        return f"window {indicator['data_period']}"
    return "snapshot" if indicator["data_period"] == "SS" else "in the month"
