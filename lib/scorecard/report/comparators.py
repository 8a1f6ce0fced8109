"""Comparators, such as England: what pages and files say of their results beside a unit's.

A record is a row of the macro `comparators`, with the unit's own `latest` figure (`with_ours`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard import display
from scorecard.report import in_files
from scorecard.report.datum import OWN, POINTS, Datum

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from scorecard.data_table import DataTable, Value
    from scorecard.figure import Figure
    from scorecard.report.cell import Record

NONE_LOADED = (
    "No results of England or of other councils have been loaded, so no figure is compared with "
    "theirs."
)
"""What page and file say where a workbook has no comparators."""


def with_ours(found: Sequence[Record], latest: Figure) -> list[Record]:
    """Records of an indicator with the unit's figure; without a difference where it is withheld."""
    if latest.withheld() or latest.shown is None:
        found = [{**each, "difference": None, "difference_sign": None} for each in found]
    return [{**each, "latest": latest} for each in found]


def compared(row: Record, found: Record) -> str:
    """The result of a comparator, with its period, its source and the difference from ours."""
    form = row["format"]
    theirs = display.with_unit(display.grouped(display.result(found["shown"], form)), form)
    beside = f"{found['comparator']}: {theirs}, {found['period']}"
    if found["difference"] is not None:
        ours = display.with_unit(display.grouped(row["latest"].rounded), form) + row["latest"].mark
        beside += f"; {ours} here is {_difference(row, found)}"
    return f"{beside}. Source: {found['source']}."


def _difference(row: Record, found: Record) -> str:
    """How far ours is from theirs, of percentages in percentage points."""
    form = row["format"]
    theirs = display.result(found["shown"], form)
    if not found["difference_sign"] or row["latest"].rounded == theirs:
        return "the same"
    way = "higher" if found["difference_sign"] > 0 else "lower"
    size: Decimal = abs(found["difference"])
    if not size:
        return f"less than {_distance('0.1', form)} {way}"
    without_sign = "count" if form == "count" else "ratio"
    number = display.result(size, without_sign, found["difference_places"])
    return f"{_distance(display.grouped(number), form)} {way}"


def _distance(number: str, form: str) -> str:
    """A difference with its unit: `3.7 percentage points`, `13.7 days`."""
    return display.with_unit(display.distance(number, form), form)


def lines(found: Sequence[Record]) -> dict[str, Decimal]:
    """The level lines of a trend: each comparator's name and its result."""
    return {str(each["comparator"]): each["shown"] for each in found}


def level_lines(found: Sequence[Record]) -> str:
    """What the level lines of a trend are, for who can't see them; nothing without any."""
    whose = display.listed([each["comparator"] for each in found])
    return f"Level lines show the results of {whose}." if found else ""


def file(found: Sequence[Record], unit: str, when: str) -> DataTable:
    """The results of comparators beside those of the unit of that name, in a file."""
    caption = f"Results of others beside {unit}"
    return in_files.alone("comparators", caption, _columns(), found, "Results of others", when)


def _columns() -> list[Datum]:
    """The result of a comparator beside ours."""

    def difference(row: Record) -> Value:
        how = row["latest"].withheld()
        found, places = row["difference"], row["difference_places"]
        if how or found is None:
            return how.sign if how else None
        return display.rounded(found, row["format"], places)

    return [
        in_files.key("comparator", "Whose result it is", "Whose result"),
        in_files.key("period", "Its period, in words", "Period"),
        Datum("comparator_result", "Their result, rounded as shown",
              lambda row: display.rounded(row["shown"], row["format"]), "Their result", OWN),
        in_files.part("result", f"Result of the unit, {in_files.ROUNDED}", "latest",
                      heading="Result of the unit"),
        Datum("difference", "The unit's result minus theirs, on exact results, of percentages in "
              "percentage points", difference, "Difference", POINTS, signed=True),
        in_files.key("source", "Where their result was published", "Source of their result"),
    ]  # fmt: skip
