"""What the choosers of the desk offer: words and value of each option."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorecard.months import Month
from scorecard.store.names import with_those_above

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


OTHER_MONTHS = 24
"""How many earlier months, at most, a month can be compared with."""
Options = list[tuple[str, str]]
"""What a chooser offers: words and value."""


def months(months: Iterable[str]) -> Options:
    """Months in words."""
    return [(Month.parse(each).words, each) for each in months]


def cohorts(words: Mapping[str, str]) -> Options:
    """The cohorts, named by what follows a figure's name, without the comma before it."""
    return [(follows.removeprefix(", ") or "all", cohort) for cohort, follows in words.items()]


def units(rows: Sequence[Mapping[str, Any]]) -> Options:
    """The units of a month, each indented below its parent; `rows` are from `units_in`."""
    parents = {row["unit"]: row["parent"] for row in rows}
    depths = {unit: len(with_those_above(unit, parents)) - 1 for unit in parents}
    return [("\u2003" * depths[row["unit"]] + row["name"], row["unit"]) for row in rows]


def indicators(catalogue: Mapping[str, Mapping[str, Any]]) -> Options:
    """The indicators and activity measures of a month, with their codes."""
    return [(f"{code}. {row['name']}", code) for code, row in catalogue.items()]


def earlier(month: str, previous: str, known: Sequence[str]) -> Options:
    """The `previous` report, and the last of the months `known` before `month`, newest first."""
    before = [each for each in known if each < month]
    words = f"the previous report ({Month.parse(previous).words})"
    return [(words, ""), *months(reversed(before[-OTHER_MONTHS:]))]
