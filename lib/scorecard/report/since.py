"""How a reader sees a result beside an earlier one, and how a sentence names the two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard import display
from scorecard.months import LAST_MONTH, Month

if TYPE_CHECKING:
    from scorecard.figure import Figure
    from scorecard.report.cell import Record


def read_since(row: Record) -> str | None:
    """How a reader sees a result beside the previous report's: a key of `READ`; None without one.

    Arrows compare exact results; sentences and groups go by what is displayed, and two results
    displayed alike are the same.
    """
    before: Figure = row["previous"]
    return _read(row, before.direction, before, row["latest"])


def read_beside(row: Record) -> str | None:
    """How a reader sees a result without UASC beside the one with them, likewise."""
    without: Figure = row["excluding"]
    return _read(row, without.direction, row["including"], without)


def _read(row: Record, direction: str | None, was: Figure, now: Figure) -> str | None:
    """A direction of travel as two displayed figures show it."""
    before, after, target = was.precise, now.precise, now.target
    if direction is None or before is None or after is None or before == after:
        return direction and "same"
    if not display.is_near(row["polarity"]) or target is None:
        return direction
    equally_far = abs(before - target) == abs(after - target)
    return display.AS_NEAR if direction == "same" or equally_far else direction


def was_and_is(row: Record) -> str:
    """Two results in words: `89.3% last month, 89.9% now`, or `it remained at 89.9%`."""
    when = in_month(earlier_words(row))
    if read_since(row) != "same" or not is_last_month(row):
        return f"{row['previous'].marked} {when}, {row['latest'].marked} now"
    was, is_now = unchanged(row), row["latest"].marked
    return f"it remained at {is_now}" + (f" ({was} {when})" if was != is_now else "")


def unchanged(row: Record) -> str:
    """A figure displayed alike in both months, with the earlier one's marker."""
    return f"{row['latest'].in_words}{row['previous'].mark}"


def earlier_words(row: Record) -> str:
    """The month of the previous report, as a sentence has it; there has to be a figure of it."""
    then, now = (Month.of(row[place].month) for place in ("previous", "latest"))
    return then.seen_from(now)


def is_last_month(row: Record) -> bool:
    """Whether the previous report is last month's."""
    return earlier_words(row) == LAST_MONTH


def in_month(when: str) -> str:
    """`in May`, or `last month`."""
    return when if when == LAST_MONTH else f"in {when}"
