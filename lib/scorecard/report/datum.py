"""Columns of a download, and what people read above them: a heading with the unit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scorecard import display
from scorecard.data_table import MIXED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scorecard.data_table import Value
    from scorecard.report.cell import Record

OWN, POINTS, NUMBER, PERCENT = "own", "points", "number", "%"
"""Units of figures: that of the row's indicator, of a difference of two of its results, of what is
counted, and of a share."""


@dataclass(frozen=True)
class Datum:
    """One column of the tidy download, for a column of the page.

    `heading` is what people read above it, where that is not the heading of the page's column;
    `unit` is that of its figures; a `signed` one is of differences.
    """

    name: str
    meaning: str
    value: Callable[[Record], Value]
    heading: str = ""
    unit: str = ""
    signed: bool = False


def own_counts(count: Callable[[str], Callable[[Record], Value]]) -> list[Datum]:
    """Numerator and denominator of a month by itself, as `count` gives each."""
    return [
        Datum(part, f"{word} of the month by itself", count(part), f"{word} of the month", NUMBER)
        for part, word in (("num", "Numerator"), ("denom", "Denominator"))
    ]


PARTS = {
    "status": "status",
    "rating": "rating",
    "provenance": "source",
    "direction": "direction of travel",
}
"""What a column of a figure says of it: the end of its name → that of its heading."""

FORMAT = Datum("format", "What kind of figure a result is", lambda row: form_of(row), "Format")
MEASURED = Datum(
    "measured_in",
    "The unit of a result and its target",
    lambda row: display.MEASURED_IN[form_of(row)],
    "Measured in",
)


def described(
    keys: Sequence[Datum],
    columns: Sequence[tuple[str, Sequence[Datum]]],
    records: Sequence[Record],
) -> list[Datum]:
    """The data of a table's keys and columns, each with a heading that says its unit.

    `columns` are the page's headings with the data below each. Before the first result there is
    what it is measured in.
    """
    data = [*keys, *(_headed(each, words, inside) for words, inside in columns for each in inside)]
    forms = {form_of(record) for record in records} - {""}
    first = next((n for n, each in enumerate(data) if each.unit in (OWN, POINTS)), None)
    with_units = [replace(each, heading=_with_unit(each, forms)) for each in data]
    if first is None or not forms:
        return with_units
    return [*with_units[:first], FORMAT, MEASURED, *with_units[first:]]


def form_of(row: Record) -> str:
    """The format of the indicator that a record is of; empty where it is of none."""
    figure = row.get("of") or row.get("latest")
    return str(row.get("format") or getattr(figure, "format", ""))


def _headed(datum: Datum, words: str, inside: Sequence[Datum]) -> Datum:
    """A datum with the page's heading, where it has none of its own."""
    part = PARTS.get(datum.name.rpartition("_")[2])
    if datum.heading or (datum is not inside[0] and not part):
        return datum
    whole = inside[0].heading or words
    return replace(datum, heading=f"{whole}: {part}" if part else whole)


def _with_unit(datum: Datum, forms: set[str]) -> str:
    """A heading with the unit of its figures."""
    if not datum.heading or not datum.unit:
        return datum.heading
    units = {display.MEASURED_IN[form] for form in forms}
    if datum.unit not in (OWN, POINTS):
        unit = datum.unit
    elif len(units) > 1:
        unit = "percentage points where measured in %" if datum.unit == POINTS else MIXED
    else:
        unit = "".join(units)
        unit = "percentage points" if datum.unit == POINTS and unit == PERCENT else unit
    return f"{datum.heading} ({unit})" if unit else datum.heading
