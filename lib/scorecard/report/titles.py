"""The title of a trend, and of any chart: at most 15 words, of which indicator, what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard import display
from scorecard.display import RATED
from scorecard.report.since import earlier_words, in_month, read_since

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.figure import Figure
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
