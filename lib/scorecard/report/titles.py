"""The titles of charts: at most 15 words, on which indicator it is and what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard import display
from scorecard.display import RATED, listed
from scorecard.report.counting import Kind, all_of, part, shares, these
from scorecard.report.since import earlier_words, in_month, read_beside, read_since

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.figure import Figure
    from scorecard.months import Month
    from scorecard.report.cell import Record


FITS = 15
"""Words of the title of a chart, at most."""


def fitting(titles: Sequence[str]) -> str:
    """The first of `titles` that is short enough; the last where none is."""
    return next((each for each in titles if len(each.split()) <= FITS), titles[-1])


def trend_title(called: str, rows: Sequence[Record], beside: Record | None, real: str) -> str:
    """What a trend shows, as a headline: what the indicator is `called`, and what happened.

    `beside` is its record of the scorecard, if there is one, and `real` says of what kind a real
    change is (`process_title`). It says nothing of an earlier figure that rests on estimates.
    """
    last, when = rows[-1]["latest"], rows[-1]["month_words"]
    how = last.withheld()
    if how:
        return f"{called}: result of {when} {how.words}"
    if last.shown is None:
        return f"{called}: no result in {when}"
    now = f"{_signed(last)}, {_rated(last)}"
    rated_since = beside and beside["streak"].rated_since
    happened = [
        f"{now}; {real}" if real else "",
        _moved_since(beside) if beside else "",
        f"{now} since {rated_since.words}" if rated_since else "",
        now,
    ]
    return fitting([f"{called}: {each}" for each in happened if each])


def _moved_since(row: Record) -> str:
    """A result since the previous report: `63.4% to 67.7% since May, still Red`.

    Empty where the two don't compare, or one of them rests on estimates.
    """
    before, now, read = row["previous"], row["latest"], read_since(row)
    if not read or before.is_doubtful or now.is_doubtful:
        return ""
    when, rated = earlier_words(row), _rated(now)
    if before.rating == now.rating:
        rated = f"still {rated}"
    elif before.rating in RATED and now.rating in RATED:
        rated = f"{before.rated} to {rated}"
    if read == "same":
        return f"{_signed(now)} as {in_month(when)}, {rated}"
    return f"{_signed(before)} to {_signed(now)} since {when}, {rated}"


def _signed(figure: Figure) -> str:
    """A result with all its markers: `67.7% [e, s]`."""
    return f"{figure.in_words}{display.mark(figure.signs)}"


def _rated(figure: Figure) -> str:
    return "not rated" if figure.rating == "not-rated" else figure.rated


NAMED = 3
"""Measures that a headline names; of more it says how many rose and fell."""

MOVED = {
    "rose": Kind.having("rose"),
    "fell": Kind.having("fell"),
    "same": Kind.having("remained the same"),
}


def multiples_title(rows: Sequence[Record], month: Month, doubtful: set[str]) -> str:
    """What activity measures did since last month, as the headline of several small charts.

    A headline never rests on a figure of a `doubtful` provenance, one that owes a footnote; where
    all of last month's are such, it says this month's only. It claims no largest change: what is
    largest in number is seldom largest in per cent, and the section has other tables.
    """
    figures = {
        (row["short_name"], row["month"]): row["latest"]
        for row in rows
        if row["latest"].num is not None
    }
    names = list(dict.fromkeys(row["short_name"] for row in rows))
    pairs = {
        name: [figures.get((name, str(when))) for when in (month - 1, month)] for name in names
    }
    moves = [
        (name, before, after)
        for name, (before, after) in pairs.items()
        if before and after and doubtful.isdisjoint(before.provenance + after.provenance)
    ]
    if not moves:
        latest = [f"{name} {with_marker(now)}" for name, (_, now) in pairs.items() if now]
        return fitting([
            *(f"In {month.words}: {listed(latest[:most])}" for most in (3, 2, 1) if latest),
            f"No figures for {month.words}",
        ])  # fmt: skip
    found = shares([_moved(before, after) for _, before, after in moves], MOVED)
    if len(moves) < len(names):
        compared = (
            part(moves, names, "measures", f" with {(month - 1).words}"),
            f"{len(moves)} of {len(names)} measures comparable",
        )
        return fitting([f"{each}: {these(found)}" for each in compared])
    named = [] if len(moves) > NAMED else [
        listed([_move(*move, since=since) for move in moves]) for since in (True, False)
    ]  # fmt: skip
    return fitting([*named, f"In {month.words}, {all_of(found, 'measure', 'measures')}"])


def _moved(before: Figure, after: Figure) -> str:
    """Whether a measure rose, fell, or remained the same."""
    change = (after.num or 0) - (before.num or 0)
    return "rose" if change > 0 else "fell" if change else "same"


def _move(name: str, before: Figure, after: Figure, *, since: bool) -> str:
    """A measure's figure, with that of last month if it has room: `Referrals rose to 1,202`."""
    how = _moved(before, after)
    if how == "same":
        return f"{name} remained at {after.counted()}"
    return f"{name} {how} {f'from {before.counted()} ' if since else ''}to {after.counted()}"


def with_marker(figure: Figure) -> str:
    """An activity figure with its marker."""
    return f"{figure.counted()}{display.mark(figure.signs)}"


BESIDE = {
    "higher": Kind.being("higher"),
    "lower": Kind.being("lower"),
    "same": Kind.being("the same"),
}


def uasc_title(rows: Sequence[Record]) -> str:
    """How percentages differ when UASC are left out, as the headline of the chart."""
    if len(rows) == 1:
        return f"Leaving UASC out, “{rows[0]['short_name']}” is {_by_how_much(rows[0])}"
    found = shares([without_uasc(row) for row in rows], BESIDE)
    return f"Leaving UASC out, {all_of(found, 'percentage', 'percentages')}"


def _by_how_much(row: Record) -> str:
    """`the same`, or `19.0 percentage points lower`."""
    how = without_uasc(row)
    points = display.result(abs(row["variance"]), "ratio")
    return BESIDE[how].short if how == "same" else f"{points} percentage points {how}"


def without_uasc(row: Record) -> str:
    """How a percentage without UASC looks beside the one with them."""
    if read_beside(row) == "same":
        return "same"
    return "higher" if row["variance_sign"] > 0 else "lower"
