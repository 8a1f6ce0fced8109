"""The columns that say how many cases a result is from its target, its floor standard or Red."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard import display
from scorecard.report import columns, in_files
from scorecard.report.cell import Cell
from scorecard.report.datum import NUMBER
from scorecard.report.tables import Col

if TYPE_CHECKING:
    from scorecard.report.cell import Record


def cases_to_target() -> Col:
    """How many more or fewer cases would have met the target, with the marker of the counts."""
    return _cases("target", "Cases to target", "would meet the target", better=True)


def cases_to_floor() -> Col:
    """How many more or fewer cases would have kept a Red result from being Red."""
    return _cases("floor", "Cases to leave Red", "would not be Red", better=True)


def cases_to_red() -> Col:
    """How many fewer or more cases would have made a result Red."""
    return _cases("red", "Cases to Red", "would be Red", better=False)


def _cases(end: str, heading: str, what: str, *, better: bool) -> Col:
    """So many of the cases that make a result better, or of those that make it worse."""
    field = f"cases_to_{end}"
    ways = {
        polarity: known.better if better else known.worse
        for polarity, known in display.POLARITIES.items()
        if not display.is_near(polarity)
    }

    def cell(row: Record) -> Cell:
        if row[field] is not None:
            words = f"{row[field]} {ways[row['polarity']]}"
            return Cell(words, marker=row["latest"].count_signs)
        if row["polarity"] not in ways:
            best = display.POLARITIES[row["polarity"]].word
            return Cell(f"{best[0].upper()}{best[1:]}", quiet=True)
        if row["latest"].finished:
            return columns.no_count(row["latest"])
        whole = row["format"] in display.CASES and not row["latest"].num_places
        return Cell("No number would do" if whole else "Not a count of cases", quiet=True)

    words = " or ".join(f"{way} ({polarity})" for polarity, way in ways.items())
    data = [in_files.key(field, f"Cases {words} that {what}", f"{heading}: {words}", NUMBER)]
    return Col(field, heading, cell, data=data)
