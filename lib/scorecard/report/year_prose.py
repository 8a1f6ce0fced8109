"""Sentences of out-turns and years to date: what can't be compared, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.display import listed
from scorecard.report.counting import Kind, shares
from scorecard.wording import counted

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from scorecard.months import Month
    from scorecard.report.cell import Record


def alone(month: Month) -> str:
    """What the columns of the last month by itself are."""
    return (
        f"The figures of {month.words} alone are not rated: targets are for the result over the "
        "data period."
    )


def not_rated(what: str, periods: Sequence[str]) -> str:
    """That no result of some periods is rated; `what` it is called. Nothing without any."""
    if not periods:
        return ""
    return f"No {what} of {listed([*periods], 'or')} is rated, because no target is held for it."


def not_compared(rows: Sequence[Record], added: Collection[str], last: str) -> str:
    """Why some out-turns can't be compared with those of the year `last`, as 2014/15, if so.

    `rows` are records of the outturn macro, and `added` the codes of indicators that are new since.
    """
    gone = [row for row in rows if _without(row)]
    if not gone:
        return ""
    reasons = [_reason(row, added) for row in gone]
    parts = [f"{each.number} {each.words.format(last=last)}" for each in shares(reasons, REASONS)]
    if len(gone) == len(rows):
        opening = "No out-turn can be compared with"
    else:
        opening = (
            f"{len(gone)} of {counted(len(rows), 'out-turn', 'out-turns')} can't be compared with"
        )
    return f"{opening} {last}: {listed(parts)}."


def _without(row: Record) -> bool:
    """Whether one of the two out-turns is missing."""
    return any(row[place].shown is None for place in ("latest", "previous"))


INCOMPLETE = Kind(
    "does not have all the months of {last}", "do not have all the months of {last}", ""
)
REASONS = {
    "not-shown": Kind("has a result that is not shown", "have a result that is not shown", ""),
    "none": Kind("has no out-turn this year", "have no out-turn this year", ""),
    "added": Kind("was added since", "were added since", ""),
    "not-comparable": Kind(
        "was counted by another definition then", "were counted by another definition then", ""
    ),
    "not-applicable": Kind("had no cases to count then", "had no cases to count then", ""),
    "not-available": INCOMPLETE,
}
"""Why an out-turn or that of the year before is missing → the words after a number."""


def _reason(row: Record, added: Collection[str]) -> str:
    """Why one of the two is missing, a key of `REASONS`."""
    now, then = row["latest"], row["previous"]
    if now.withheld() or then.withheld():
        return "not-shown"
    if now.shown is None:
        return "none"
    if row["code"] in added:
        return "added"
    return then.status if then.status in REASONS else "not-available"


def sums_missing(rows: Sequence[Record], this: str, last: str) -> str:
    """Of how many measures there is no sum of this year or the last, and why; nothing if of none.

    `rows` are records of the activity_to_date macro, with `how` and `year_ago_how` where a sum is
    withheld; if the first is, so is the other.
    """
    reasons = [
        f"{how} not-shown" if row[how] else f"{status} {row[status]}"
        for row in rows
        for how, status in (("how", "status"), ("year_ago_how", "year_ago_status"))
        if not (how == "year_ago_how" and row["how"])
    ]
    words = next((row["year_ago_how"].words for row in rows if row["year_ago_how"]), "")
    found = [
        f"{each.number} {each.words.format(this=this, last=last, withheld=words)}"
        for each in shares(reasons, MISSING)
    ]
    return f"Of {counted(len(rows), 'measure', 'measures')}, {listed(found)}." if found else ""


MISSING = {
    "how not-shown": Kind("is {withheld}", "are {withheld}", ""),
    "year_ago_how not-shown": Kind("is {withheld} for {last}", "are {withheld} for {last}", ""),
    "status not-available": Kind(
        "does not have all the months of {this}", "do not have all the months of {this}", ""
    ),
    "status not-comparable": Kind(
        "has months of {this} that were counted by another definition",
        "have months of {this} that were counted by another definition",
        "",
    ),
    "year_ago_status not-available": INCOMPLETE,
    "year_ago_status not-comparable": Kind(
        "was counted by another definition in {last}",
        "were counted by another definition in {last}",
        "",
    ),
}
"""Why a sum of this year or the last is not there → the words after a number."""
