"""Columns of activity: stocks with last month and change, flows, and both over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard import display
from scorecard.report import columns
from scorecard.report.tables import Cell, Col, Datum
from scorecard.report.withholding import withheld

if TYPE_CHECKING:
    from scorecard.outputs import Value
    from scorecard.report.tables import Record


def stock(measure: Record) -> list[Col]:
    """An activity measure in hand: this month, last month and the change."""
    fields = {"this": "This month", "last": "Last month", "change": "Change"}
    return [
        _activity(
            measure["code"], f"{measure['code']}-{reading}", reading, heading, group=measure["name"]
        )
        for reading, heading in fields.items()
    ]


def flow(measure: Record) -> Col:
    """The count of an activity measure within the month."""
    return _activity(
        measure["code"], measure["code"], "this", f"{measure['name']} in the month", group=""
    )


def _activity(code: str, field: str, reading: str, heading: str, group: str) -> Col:
    prefix = "" if reading == "change" else f"{reading}_"  # a change rests on both months

    absent = display.NOT_SUPPLIED

    def cell(row: Record) -> Cell:
        figure = row["figures"][code]
        if figure[reading] is None:
            said = withheld(figure, reading)
            return (
                columns.not_shown(said)
                if said
                else Cell(absent.sign, hidden=f": {absent.word}", quiet=True)
            )
        say = display.change if reading == "change" else display.figure
        text = say(figure[reading], figure["num_places"])
        return Cell(text, marker=columns.marker(figure, prefix))

    def value(row: Record) -> Value:
        return columns.exactly(reading, "num_places")(row["figures"][code])

    meaning = f"{group}: {heading.lower()}" if group else heading
    data = [Datum(field, meaning, value)]
    if reading != "change":
        provenance = columns.provenance_of(code if reading == "this" else field, prefix)
        data.append(
            Datum(
                provenance.name,
                provenance.meaning,
                lambda row: provenance.value(row["figures"][code]),
            )
        )
    return Col(field, heading, cell, group, data=data)


def measure(code: str, title: str) -> Col:
    """An activity measure over time; the record holds `measures`, by code."""

    def cell(row: Record) -> Cell:
        figure = row["measures"][code]
        if figure["num"] is None:
            return columns.absent(figure, "num", "not-available")
        text = display.figure(figure["num"], figure["num_places"])
        return Cell(text, marker=columns.marker(figure, ""))

    provenance = columns.provenance_of(code, "")
    data = [
        Datum(code, title, lambda row: columns.exactly("num", "num_places")(row["measures"][code])),
        Datum(
            provenance.name,
            provenance.meaning,
            lambda row: provenance.value(row["measures"][code]),
        ),
    ]
    return Col(code, title, cell, data=data)
