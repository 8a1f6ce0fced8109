"""The corporate parenting panel's questions about a set of indicators."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from scorecard import display
from scorecard.outputs import Fragment
from scorecard.report import (
    columns,
    columns_of_cases,
    columns_over_time,
    counting,
    outlook_prose,
    prose,
)
from scorecard.report.cell import Cell
from scorecard.report.datum import NUMBER, Datum
from scorecard.report.since import read_since
from scorecard.report.tables import Col, Table, render, shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from scorecard.data_table import Value
    from scorecard.report.cell import Record
    from scorecard.report.source import Source

AMBERS = {
    "better": "Improved",
    "same": "The same",
    display.AS_NEAR: "As near the target",
    "worse": "Declined",
    None: "Not comparable",
}
"""How a reader sees a result beside the previous report's → the heading of an Amber indicator."""


def ambers(source: Source, codes: Sequence[str]) -> Fragment:
    """The Amber indicators by direction of travel, with the figures of both months."""
    rated = source.catalogue.rated_of(codes)
    rows = source.rated("amber", rated)
    if not rows:
        rows = source.rows(rated)
        none = prose.none_rated(rows, "amber", source.of_selection(codes))
        return Fragment(render("paragraph.html.jinja", text=none))
    groups = [
        (heading, [row for row in rows if read_since(row) == read])
        for read, heading in AMBERS.items()
    ]
    before, this = source.previous.words, source.month.words
    table = Table(
        "ambers",
        f"Indicators rated Amber, {before} and {this}",
        _amber_columns(before, this),
        [group for group in groups if group[1]],
        sheet="Rated Amber",
    )
    return shown(table, before=outlook_prose.near_red(rows))


def _amber_columns(before: str, now: str) -> list[Col]:
    """An Amber indicator with both months' figures and the difference in number of children."""
    cases_to_red = columns_of_cases.cases_to_red()
    return [
        columns.code(),
        columns.name(),
        columns_over_time.earlier("previous", before),
        columns.numerator(before, place="previous", field="previous_num", counts=True),
        columns.denominator(before, place="previous", field="previous_denom"),
        columns.result(heading=now),
        columns.numerator(now, counts=True),
        columns.denominator(now),
        _difference_in_number(),
        replace(cases_to_red, data=[*cases_to_red.data, *columns_over_time.lasting()]),
    ]


def _difference_in_number() -> Col:
    """The difference of two months' numerators; in files also that of the others."""
    heading = "Difference in number"
    data = [
        Datum(
            "difference",
            "Numerator minus that of the previous report",
            _difference_or_sign,
            unit=NUMBER,
            signed=True,
        ),
        Datum(
            "others_difference",
            "The same of those not in the numerator",
            _others_difference,
            f"{heading} of the others",
            NUMBER,
            signed=True,
        ),
    ]
    return Col("difference", heading, _difference_cell, data=data)


def _difference(row: Record) -> Decimal | None:
    """The numerator minus that of the previous report; None where one is missing."""
    now, before = row["latest"], row["previous"]
    if now.num is None or before.num is None:
        return None
    return display.fixed(now.num - before.num, now.num_places)


def _difference_or_sign(row: Record) -> Value:
    """The difference, or the sign of what is withheld."""
    how = row["latest"].withheld("num") or row["previous"].withheld("num")
    return how.sign if how else _difference(row)


def _difference_cell(row: Record) -> Cell:
    """The difference with the markers of both numerators, and how many others moved."""
    now, before, value = row["latest"], row["previous"], _difference(row)
    if value is None:
        return columns.no_count(now if now.num is None else before)
    each = dict.fromkeys(", ".join((now.count_signs, before.count_signs)).split(", "))
    marker = ", ".join(mark for mark in each if mark)
    others = outlook_prose.others_moved(row)
    html = Markup(' <span class="expansion">{}</span>').format(others) if others else Markup()
    text = display.signed(value, now.num_places)
    return Cell(text, aloud=display.aloud(text), marker=marker, html=html)


def _others_difference(row: Record) -> Value:
    """The same difference of the others: of denominator minus numerator."""
    both = row["latest"], row["previous"]
    ways = [each.withheld(part) for each in both for part in ("num", "denom")]
    how = next(filter(None, ways), None)
    return how.sign if how else counting.others_difference(row)
