"""Columns of activity: stocks with last month and change, flows, and both over time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorecard import display
from scorecard.report import columns, in_files
from scorecard.report.cell import Cell
from scorecard.report.tables import Col
from scorecard.report.withholding import withheld

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from scorecard.figure import Figure, Withheld
    from scorecard.report.cell import Record


def stock(measure: Record) -> list[Col]:
    """An activity measure in hand: this month, last month and the change."""
    code, name = measure["code"], measure["name"]
    return [
        _month(code, f"{code}-this", "latest", "This month", group=name),
        _month(code, f"{code}-last", "month_ago", "Last month", group=name),
        _change(code, name),
    ]


def flow(measure: Record) -> Col:
    """The count of an activity measure within the month."""
    return _month(measure["code"], measure["code"], "latest", f"{measure['name']} in the month")


def name() -> Col:
    """The measure's name, the header of its row."""
    data = [in_files.key("name", "Name of the measure")]
    return Col(
        "name", "Measure", lambda row: Cell(row["name"]), numeric=False, header=True, data=data
    )


def this_month() -> Col:
    """The month's figure, in a row of one measure."""

    def cell(row: Record) -> Cell:
        figure: Figure = row["latest"]
        if figure.num is None:
            return _absent(figure.withheld("num"), figure.status)
        return Cell(figure.count(), marker=figure.signs)

    return Col(
        "num", "This month", cell, data=[in_files.part("num", "This month", "latest", "num")]
    )


def measure(code: str, title: str) -> Col:
    """An activity measure over time."""

    def cell(row: Record) -> Cell:
        figure: Figure = row["latest"]
        if figure.num is None:
            return columns.no_count(figure)
        return Cell(figure.count(), marker=figure.signs)

    data = [in_files.part(code, title, "latest", "num"), in_files.provenance_of(code)]
    return within(code, Col(code, title, cell, data=data))


def _month(code: str, field: str, place: str, heading: str, group: str = "") -> Col:
    """An activity measure in one month: the figure that its record has in `place`."""

    def cell(row: Record) -> Cell:
        figure: Figure = row[place]
        if figure.num is None:
            return _absent(figure.withheld("num"), figure.status)
        return Cell(figure.count(), marker=figure.signs)

    title = f"{group}: {heading.lower()}" if group else heading
    data = [
        in_files.part(field, title, place, "num", title),
        in_files.provenance_of(code if place == "latest" else field, place),
    ]
    return within(code, Col(field, heading, cell, group, data=data))


def _change(code: str, group: str) -> Col:
    """The change of a stock since last month."""

    def cell(row: Record) -> Cell:
        if row["change"] is None:
            return _absent(withheld(row, "change"))
        text = display.change(row["change"], row["latest"].num_places)
        return Cell(text, aloud=display.aloud(text), marker=row["marker"])

    data = in_files.compared(
        f"{code}-change",
        f"{group}: change",
        "change",
        lambda row, value: display.fixed(value, row["latest"].num_places),
    )
    data = replace(data, heading=data.meaning)
    return within(code, Col(data.name, "Change", cell, group, data=[data]))


def _absent(how: Withheld | None, status: str = "") -> Cell:
    """The cell of a figure that is withheld, or was not supplied; its source may say why."""
    if how:
        return columns.not_shown(how)
    if status in display.STATED:
        return columns.missing(status)
    return Cell(display.NOT_SUPPLIED.sign, quiet=True)


def within(code: str, column: Col) -> Col:
    """A column of one measure's record, in a row that holds those of all in `figures`, by code."""

    def inside(read: Callable[[Record], Any]) -> Callable[[Record], Any]:
        return lambda row: read(row["figures"][code])

    data = [replace(each, value=inside(each.value)) for each in column.data]
    return replace(column, cell=inside(column.cell), data=data)
