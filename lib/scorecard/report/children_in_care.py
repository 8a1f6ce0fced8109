"""The corporate parenting panel's questions about a set of indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard import display
from scorecard.outputs import Fragment
from scorecard.report import columns, columns_over_time, prose
from scorecard.report.tables import Cell, Col, Datum, Table, render, shown
from scorecard.report.withholding import withheld

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from scorecard.outputs import Value
    from scorecard.report.source import Source
    from scorecard.report.tables import Record

AMBERS = {
    "better": "Improved",
    "same": "The same",
    display.AS_NEAR: "As near the target",
    "worse": "Declined",
    None: "Not comparable",
}
"""How a reader sees a result beside last month's → the heading an Amber indicator stands under."""


def ambers(source: Source, codes: Sequence[str]) -> Fragment:
    """The Amber indicators by direction of travel, with the figures of both months."""
    rows = source.rated("amber", codes)
    if not rows:
        none = prose.none_rated(source.rows(codes), "amber")
        return Fragment(render("paragraph.html.jinja", text=none))
    groups = [
        (heading, [row for row in rows if prose.read_since(row) == read])
        for read, heading in AMBERS.items()
    ]
    before, this = (source.month - 1).words, source.month.words
    table = Table(
        "ambers",
        f"Indicators rated Amber, {before} and {this}",
        _amber_columns(before, this),
        [group for group in groups if group[1]],
    )
    return shown(table)


def _amber_columns(before: str, now: str) -> list[Col]:
    """An Amber indicator with both months' figures and the difference in number of children."""

    def difference(row: Record) -> Decimal | None:
        if row["num"] is None or row["month_ago_num"] is None:
            return None
        return display.fixed(row["num"] - row["month_ago_num"], row["num_places"])

    def value(row: Record) -> Value:
        said = withheld(row, "num") or withheld(row, "month_ago_num")
        return said.sign if said else difference(row)

    def cell(row: Record) -> Cell:
        value = difference(row)
        if value is None:
            field = "num" if row["num"] is None else "month_ago_num"
            return columns.absent(row, field, "not-available")
        marks = [row.get(f"{month}count_marker") for month in ("", "month_ago_")]
        each = dict.fromkeys(mark for both in marks if both for mark in both.split(", "))
        return Cell(display.signed(value, row["num_places"]), marker=", ".join(each))

    return [
        columns.code(),
        columns.name(),
        columns_over_time.earlier("month", "Result", before),
        columns.numerator(before, prefix="month_ago_", field="month_ago_num", counts=True),
        columns.denominator(before, prefix="month_ago_", field="month_ago_denom"),
        columns.result(now),
        columns.numerator(now, counts=True),
        columns.denominator(now),
        Col(
            "difference",
            "Difference in number",
            cell,
            data=[Datum("difference", "Numerator this month minus last month", value)],
        ),
    ]
