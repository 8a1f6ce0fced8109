"""What explains a figure: data notes from the catalogue, and provenance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard import display
from scorecard.outputs import Note
from scorecard.report import bandings
from scorecard.report.tables import render

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorecard.report.cell import Record


def data_notes(row: Record, year_begins: int, *, unfolded: bool = False) -> str:
    """The catalogue's word on an indicator: definition, direction, bandings, period, source.

    The financial year begins in month `year_begins`, 1 to 12.
    """
    return render(
        "data_notes.html.jinja",
        row=row,
        unfolded=unfolded,
        polarity=display.POLARITIES[row["polarity"]],
        period=display.data_period(row["data_period"], year_begins),
        target=display.threshold(row["latest"].target, row["format"]),
        bandings=bandings.bandings(row["polarity"], row["latest"]),
    )


def provenance_notes(used: Iterable[str], known: Mapping[str, Record]) -> list[Note]:
    """The notes a reader is owed for figures of the provenances `used`, in the file's order."""
    names = set(used)
    return [
        Note(name, each["footnote"])
        for name, each in known.items()
        if name in names and each["footnote"]
    ]
