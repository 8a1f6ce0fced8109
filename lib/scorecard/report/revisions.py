"""Which figures are other ones than those first published, by how much, and why."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from scorecard import display
from scorecard.months import Month, day_words
from scorecard.report import columns, in_files
from scorecard.report.cell import Cell
from scorecard.report.datum import Datum
from scorecard.report.tables import Col, Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from scorecard.figure import Figure
    from scorecard.report.cell import Record
    from scorecard.report.source import Source


def table(source: Source) -> Table | None:
    """One row for each unit and indicator with a revised figure on the page so far.

    It shows the latest of its revised months; earlier ones are named. None without revisions.
    """
    found = _together(source)
    if not found:
        return None
    rows = [_row(each, source.loads) for each in found]
    return Table(
        "revised-figures",
        "Figures revised since they were first published",
        [
            columns.unit(header=False),
            _code(),
            columns.name(),
            _period(),
            _figure("was", "First published", "when first published"),
            _figure("now", "Now", "now"),
        ],
        [("", rows)],
        when=source.month.words,
    )


def _together(source: Source) -> list[list[Record]]:
    """The revised figures on the page; those that differ in nothing but their month in one list."""
    units = list(dict.fromkeys(unit for unit, *_ in source.footnotes.revised))
    found = source.records.revisions(units, source.month) if units else []
    keys = ("unit", "code", "cohort", "data_period")
    shown = [
        row for row in found if tuple(row[key] or "" for key in keys) in source.footnotes.revised
    ]
    if source.withholding:
        shown = [source.withholding.revision(row) for row in shown]
    measures = {row["code"] for row in source.catalogue.measures}
    shown = [{**row, "measure": row["code"] in measures} for row in shown]
    groups = groupby(shown, key=lambda row: tuple(row[key] for key in keys))
    return [list(rows) for _, rows in groups]


def _row(found: Sequence[Record], loads: dict[int, Record]) -> dict[str, Any]:
    """A record of the table, from the revised months of one figure, latest first."""
    latest, earlier = found[0], [Month.of(row["month"]) for row in found[1:]]
    period = f", {display.DATA_PERIODS['R3M'].word}" if latest["data_period"] else ""
    also = earlier[0].words if len(earlier) == 1 else f"{len(earlier)} earlier months"
    return {
        **latest,
        "month": str(Month.of(latest["month"])),
        "figure": f"{Month.of(latest['month']).words}{period}{latest['cohort_words']}"
        + (f"; {also} too" if earlier else ""),
        "why": _why(found, loads),
    }


def _why(found: Sequence[Record], loads: dict[int, Record]) -> str:
    """The loads that changed the latest of some revised months, with their reasons."""
    return " ".join(_reason(loads[number]) for number in found[0]["loads"])


def _reason(load: Record) -> str:
    """Why a load was made, with its number and date."""
    if not load["recorded"]:
        return "Edited by hand; no reason is recorded yet."
    why = load["why"].rstrip(".")
    return f"{why} (load {load['load']}, {day_words(load['loaded_at'])})."


def _code() -> Col:
    """An indicator's code; that of an activity measure, which no page shows, is in files."""
    shown = columns.code()

    def cell(row: Record) -> Cell:
        return Cell("-", hidden=": an activity measure") if row["measure"] else shown.cell(row)

    return replace(shown, cell=cell)


def _period() -> Col:
    """Which of the indicator's figures it is; a note says why it was revised."""
    return Col(
        "figure",
        "Figure",
        lambda row: Cell(row["figure"], note=row["why"]),
        numeric=False,
        data=[
            Datum("figure", "The figure that was revised", lambda row: row["figure"]),
            Datum(
                "why",
                "The loads that changed it, with their reasons",
                lambda row: row["why"],
                "Why",
            ),
        ],
    )


def _figure(place: str, heading: str, when: str) -> Col:
    """A result with what it was made of: `13.0% (292 of 2246)`."""

    def cell(row: Record) -> Cell:
        figure: Figure = row[place]
        if figure.shown is None:
            return columns.absent(figure)
        counts = figure.count(), figure.count("denom")
        made_of = f" ({counts[0]} of {counts[1]})" if all(counts) else ""
        return Cell(f"{figure.in_full}{made_of}", rating=figure.rating)

    data = [
        in_files.part(
            f"{place}_num", f"Numerator {when}", place, "num", f"{heading}, numerator"
        ),
        in_files.part(
            f"{place}_denom", f"Denominator {when}", place, "denom", f"{heading}, denominator"
        ),
        in_files.part(
            f"{place}_shown", f"Result {when}, {in_files.ROUNDED}", place,
            heading=f"{heading}, result",
        ),
        in_files.part(
            f"{place}_rating", f"Rating: green, amber, red or not-rated {when}", place, "rating",
            f"{heading}, rating",
        ),
    ]  # fmt: skip
    return Col(place, heading, cell, data=data)
