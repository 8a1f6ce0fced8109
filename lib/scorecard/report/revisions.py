"""Which figures are other ones than those first published, by how much, and why."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from scorecard.months import Month
from scorecard.report import columns, display
from scorecard.report.tables import Cell, Col, Datum, Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from scorecard.report.source import Source
    from scorecard.report.tables import Record

FIGURES = [f"{when}{name}" for when in ("was_", "") for name in ("num", "denom", "shown", "rating")]
"""The fields of a record that give a figure."""
COHORT_WORDS = {"all": "", "excluding_uasc": ", excluding UASC"}


def table(source: Source) -> Table | None:
    """One row for each unit and indicator with a revised figure on the page so far.

    It shows the latest of its revised months; earlier ones are named. None without revisions.
    """
    rows = [_row(found, source.loads) for found in _together(source)]
    if not rows:
        return None
    return Table(
        "revised-figures",
        f"Figures revised since they were first published, {source.month.words}",
        [
            columns.unit(header=False),
            columns.code(),
            columns.name(),
            _plain("figure", "Figure", "The figure that was revised"),
            _figure("was", "First published", "when first published"),
            _figure("now", "Now", "now"),
            _plain("why", "Why", "The loads that changed it, with their reasons"),
            _plain("also", "Also revised", "Earlier months revised in the same way"),
        ],
        [("", source.explained(rows))],
    )


def _together(source: Source) -> list[list[Record]]:
    """The revised figures on the page; those that differ in nothing but their month in one list."""
    units = list(dict.fromkeys(unit for unit, _ in source.revised))
    found = source.store.revisions(units, source.month) if units else []
    shown: list[Record] = [row for row in found if (row["unit"], row["code"]) in source.revised]
    if source.withholding:
        shown = [source.withholding.revision(row, FIGURES) for row in shown]
    keys = ("unit", "code", "cohort", "data_period")
    groups = groupby(shown, key=lambda row: tuple(row[key] for key in keys))
    return [list(rows) for _, rows in groups]


def _row(found: Sequence[Record], loads: dict[int, Record]) -> dict[str, Any]:
    """A record of the table, from the revised months of one figure, latest first."""
    latest, earlier = found[0], [Month.of(row["month"]) for row in found[1:]]
    period = display.DATA_PERIODS["R3M"].word if latest["data_period"] else ""
    month = Month.of(latest["month"]).words
    figure = f"{month}{f', {period}' if period else ''}{COHORT_WORDS[latest['cohort']]}"
    also = earlier[0].words if len(earlier) == 1 else f"{len(earlier)} earlier months"
    return {
        **latest,
        "month": str(Month.of(latest["month"])),
        "figure": figure,
        "why": " ".join(_reason(loads[number]) for number in latest["loads"]),
        "also": also if earlier else "",
    }


def _reason(load: Record) -> str:
    """Why a load was made, with its number and date."""
    if not load["recorded"]:
        return "Edited by hand; no reason is recorded yet."
    day = load["loaded_at"]
    why = load["why"].rstrip(".")
    return f"{why} (load {load['load']}, {day.day} {day:%B %Y})."


def _plain(field: str, heading: str, meaning: str) -> Col:
    return Col(
        field,
        heading,
        lambda row: Cell(row[field]),
        numeric=False,
        data=[Datum(field, meaning, lambda row: row[field])],
    )


def _figure(field: str, heading: str, when: str) -> Col:
    """A result with what it was made of: `13.0% (292 of 2246)`."""
    prefix = "was_" if field == "was" else ""

    def cell(row: Record) -> Cell:
        if row[f"{prefix}shown"] is None:
            return columns.absent(row, f"{prefix}shown", row[f"{prefix}status"])
        text = display.result(row[f"{prefix}shown"], row["format"])
        if row["format"] != "count":
            num, denom = (display.figure(row[f"{prefix}{part}"]) for part in ("num", "denom"))
            text += f" ({num} of {denom})"
        return Cell(text, rating=row[f"{prefix}rating"])

    return Col(
        field,
        heading,
        cell,
        data=[
            Datum(f"{field}_{part}", f"{meaning} {when}", _value(f"{prefix}{part}"))
            for part, meaning in (
                ("num", "Numerator"),
                ("denom", "Denominator"),
                ("shown", "Result, rounded as shown,"),
                ("rating", "Rating: green, amber, red or not-rated"),
            )
        ],
    )


def _value(field: str) -> Any:
    given = columns.given(field)

    def value(row: Record) -> Any:
        found = given(row)
        return found if found is None or isinstance(found, str) else float(found)

    return value
