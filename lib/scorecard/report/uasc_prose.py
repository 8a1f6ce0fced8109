"""Sentences on the results of children without UASC, beside those of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.report.counting import all_of, part, shares, these
from scorecard.report.prose import READ
from scorecard.report.since import read_beside
from scorecard.report.two_ratings import comparable, differing, rated_twice, which_way
from scorecard.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.report.cell import Record


def uasc_changed(rows: Sequence[Record]) -> list[Record]:
    """The records of the UASC macro whose rating is another one when UASC are left out."""
    return differing(rows, "including", "excluding")


def uasc_change_count(rows: Sequence[Record]) -> str:
    """How many ratings change when UASC are left out, and which way."""
    compared = rated_twice(rows, "including", "excluding")
    if not compared:
        return "No rating can be compared with one that leaves UASC out."
    found = uasc_changed(rows)
    how = which_way(found, "including", "excluding")
    some = comparable(compared, rows, ("including", "excluding"), "results")
    verb = "changes" if len(found) == 1 else "change"
    if some:
        if len(compared) == 1:
            return f"{some}; it {'changes' if found else 'does not change'}{how}."
        return f"{some}; of these {len(found) or 'none'} {verb}{how}."
    if not found:
        return "No rating changes."
    return f"{counted(len(found), 'rating', 'ratings')} {verb}{how}."


def uasc_summary(rows: Sequence[Record]) -> str:
    """How many results are better and worse when UASC are left out."""
    compared = [read for row in rows if (read := read_beside(row))]
    found = shares(compared, READ)
    if not found:
        return "No result can be compared with one that leaves UASC out."
    if len(compared) < len(rows):
        sentence = f"{part(compared, rows, 'indicators')}: leaving UASC out, {these(found)}."
        return sentence + _before_rounding(rows)
    return f"Leaving UASC out, {all_of(found, 'result', 'results')}.{_before_rounding(rows)}"


def uasc_hidden(number: int) -> str:
    """How many effects of UASC are not split, because that would give a small number away."""
    if not number:
        return ""
    are = counted(number, "indicator is", "indicators are")
    return (
        f"{are} not shown, because {'it rests' if number == 1 else 'they rest'} on small numbers."
    )


def _before_rounding(rows: Sequence[Record]) -> str:
    """A sentence on results that look the same though they have a variance."""
    number = sum(read_beside(row) == "same" and bool(row["variance_sign"]) for row in rows)
    if not number:
        return ""
    one, many = "result looks the same but differs", "results look the same but differ"
    return f" {counted(number, one, many)} before rounding."
