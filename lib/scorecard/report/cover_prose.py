"""Sentences of a cover report that no other page has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard import display
from scorecard.months import day_words
from scorecard.report.counting import Kind, all_of, part, shares, these
from scorecard.report.prose import hidden, tally
from scorecard.report.since import read_since
from scorecard.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.months import Month
    from scorecard.report.cell import Record

MOVED = {
    "better": Kind.having("improved"),
    "same": Kind.having("stayed the same"),
    display.AS_NEAR: Kind(
        "is as near its target", "are as near their targets", "as near the target"
    ),
    "worse": Kind.having("declined"),
}
"""How a reader sees a result beside the previous report's → the words of a count."""

MISSED = ("amber", "red")
"""The ratings of results that miss their targets."""


def missed(rows: Sequence[Record]) -> list[Record]:
    """The records that are rated Amber or Red."""
    return [row for row in rows if row["latest"].rating in MISSED]


def moved_count(rows: Sequence[Record], previous: Month) -> str:
    """How many Amber and Red results improved, stayed the same and declined.

    `rows` are the records of the whole page. Empty where nothing is rated.
    """
    if not sum(tally(rows).values()):
        return ""
    due, before = missed(rows), previous.words
    if not due:
        known = "Every indicator that is rated is Green."
        return "No rating that is shown is Amber or Red." if hidden(rows) else known
    compared = [read for row in due if (read := read_since(row))]
    found = shares(compared, MOVED)
    many = "indicators rated Amber or Red"
    if not found:
        return f"None of the {many} can be compared with {before}."
    if len(compared) < len(due):
        return f"{part(compared, due, many, f' with {before}')}: {these(found)}."
    return f"Since {before}, {all_of(found, 'indicator rated Amber or Red', many)}."


def target_met(row: Record) -> str:
    """Whether a result meets its target, for one whose rating changed: it has a target."""
    target = display.threshold(row["latest"].target, row["format"])
    does = "meets" if row["latest"].rating == "green" else "does not meet"
    return f"It {does} the target of {target}."


def rationale(text: str) -> str:
    """Why a target is what it is, in the words of the catalogue; nothing where it has none."""
    return text and f"Why this target: {text if text[-1] in '.!?' else f'{text}.'}"


def results_to(month: Month, previous: Month) -> str:
    """To which day the results are, and with which they are compared."""
    return (
        f"The results are to {day_words(month.last_day)}. They are compared with those of "
        f"{previous.words}."
    )


def periods(rows: Sequence[Record], year_begins: int) -> list[str]:
    """What each data period of a page means, and how many indicators have it.

    The financial year begins in month `year_begins`.
    """
    found = []
    for code in display.DATA_PERIODS:
        number = sum(row["data_period"] == code for row in rows)
        if number:
            term = display.data_period(code, year_begins)
            of = counted(number, "indicator", "indicators")
            found.append(f"{term.word.capitalize()}, of {of}: {term.meaning}.")
    return found


def attachment(title: str, words: str) -> str:
    """That a document is attached, by its title; `words` are its owner and date, if any."""
    return f"{title}{f', {words}' if words else ''} (attached)."


def bases() -> list[str]:
    """What each rating means."""
    return [
        f"{display.RATINGS[code].word}: {display.RATINGS[code].meaning}."
        for code in ("green", "amber", "red")
    ]
