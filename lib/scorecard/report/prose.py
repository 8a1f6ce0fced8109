"""Sentences made from the same records as the tables and charts, so that they can't disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard import display
from scorecard.display import RATED, listed
from scorecard.months import NAMES, Month, day_words
from scorecard.report.counting import Kind, all_of, part, shares, these
from scorecard.report.since import earlier_words, read_since, was_and_is
from scorecard.report.two_ratings import comparable, differing, rated_twice, which_way
from scorecard.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from scorecard.report.cell import Record

READ = {
    "better": Kind.being("better"),
    "worse": Kind.being("worse"),
    "same": Kind.being("the same"),
    display.AS_NEAR: Kind(
        "is as near its target", "are as near their targets", "as near the target"
    ),
}


def tally(rows: Sequence[Record]) -> dict[str, int]:
    """How many records carry each rating, in the order green, amber, red."""
    return {
        code: sum(row["latest"].rating == code for row in rows)
        for code in ("green", "amber", "red")
    }


def unrated(rows: Sequence[Record]) -> int:
    """How many of `rows` have no rating; one that is withheld is not among them."""
    results = (row["latest"] for row in rows)
    return sum(each.rating not in RATED and not each.withheld() for each in results)


def hidden(rows: Sequence[Record]) -> int:
    """How many of `rows` have a rating, or none, that is withheld."""
    return sum(bool(row["latest"].withheld()) for row in rows)


def ratings(rows: Sequence[Record]) -> str:
    """Count the ratings: `45 indicators are rated: 22 Green, 20 Amber and 3 Red.`."""
    count = tally(rows)
    rated = sum(count.values())
    if not rated:
        return none_could_be_rated(rows)
    words = [f"{number} {display.RATINGS[code].word}" for code, number in count.items()]
    verb = "is" if rated == 1 else "are"
    sentence = f"{counted(rated, 'indicator', 'indicators')} {verb} rated: {listed(words)}."
    left = unrated(rows)
    return sentence + (f" {left} of {len(rows)} could not be rated." if left else "")


def selection(chosen: Sequence[tuple[int, int]]) -> str:
    """That a page has some indicators only: `A selection: 10 of the 45 indicators.`.

    `chosen` are how many indicators of how many, and then activity measures; nothing where the page
    has all, or all of the kind that it has.
    """
    kinds = ("indicators", "activity measures")
    parts = [
        f"{some} of the {of} {kind}"
        for (some, of), kind in zip(chosen, kinds, strict=True)
        if 0 < some < of
    ]
    return f"A selection: {listed(parts)}." if parts else ""


def of_selection(chosen: Sequence[tuple[int, int]]) -> str:
    """What sentences far from that one add to the indicators that they count: ` of this selection`.

    `chosen` as in `selection`; nothing where the page has all indicators.
    """
    some, of = chosen[0]
    return " of this selection" if some < of else ""


def results_age(month: Month, read: date | None) -> str:
    """How old results are at the meeting: `to 31 August 2016, read in November`, or nothing."""
    if read is None:
        return ""
    at = Month.of(read)
    when = at.words if at.year != month.year else NAMES[at.number - 1]
    return f"to {day_words(month.last_day)}, read in {when}"


def history(unit: Record, opens: Month) -> str:
    """From when a unit has results, if it began after the first month that the page shows.

    `unit` is a record of units_in: `name` and `first_month`.
    """
    began = unit["first_month"]
    if began is None or Month.of(began) <= opens:
        return ""
    return (
        f"{unit['name']} began in {Month.of(began).words}, so it has no earlier results. A result "
        "that needs an earlier month is not available."
    )


def none_rated(rows: Sequence[Record], rating: str, of: str = "") -> str:
    """That none of `rows` that are rated carries `rating`.

    `of` is what they are of, where they are not all (`of_selection`).
    """
    word = display.RATINGS[rating].word
    rated = sum(tally(rows).values())
    if not rated:
        return none_could_be_rated(rows, of)
    if rated == len(rows):
        return f"No indicator{of} is rated {word} this month."
    left, gone = unrated(rows), [how for row in rows if (how := row["latest"].withheld())]
    others = [f"{left} of {len(rows)} could not be rated"] if left else []
    if gone:
        others.append(f"{counted(len(gone), 'result is', 'results are')} {gone[0].words}")
    none = f"Of the {rated} indicators{of} that are rated, none is {word}"
    if rated == 1:
        none = f"The one indicator{of} that is rated is not {word}"
    return f"{none}; {listed(others)}."


def none_could_be_rated(rows: Sequence[Record], of: str = "") -> str:
    """That none of `rows` has a rating, and why if it is known."""
    if not rows:
        return "There is no indicator to rate."
    if hidden(rows):
        return f"No rating{of} is shown."
    without = any(row["latest"].rating == "not-rated" for row in rows)
    why = ": no target is held for the month" if without else ""
    return f"No indicator{of} could be rated{why}."


def directions(rows: Sequence[Record], previous: Month) -> str:
    """How many results are better, worse or the same as in the previous report."""
    before = previous.words
    compared = [read for row in rows if (read := read_since(row))]
    found = shares(compared, READ)
    if not found:
        return f"No result can be compared with {before}."
    if len(compared) < len(rows):
        return f"{part(compared, rows, 'indicators', f' with {before}')}: {these(found)}."
    return f"Compared with {before}, {all_of(found, 'result', 'results')}."


def changed(rows: Sequence[Record]) -> list[Record]:
    """The records whose rating differs from the previous report's, where both are rated."""
    return differing(rows, "previous", "latest")


def changes(rows: Sequence[Record]) -> list[str]:
    """One sentence for each changed rating."""
    return [
        f"{row['name']} ({row['code']}) went from {row['previous'].rated} to "
        f"{row['latest'].rated}: {was_and_is(row)}.{because_of_target(row)}"
        for row in changed(rows)
    ]


def because_of_target(row: Record) -> str:
    """A sentence on why a rating changed though the result did not cause it; else nothing.

    By what was in force in the month of the previous report, it would be rated as it was then.
    """
    if not _by_target(row):
        return ""
    was = row["previous"].rated
    return f" It would still be {was} by {earlier_words(row)}'s {_thresholds_then_and_now(row)}."


def _by_target(row: Record) -> bool:
    """Whether a rating changed because its target, floor standard or band did."""
    was, now = row["previous"].rating, row["latest"].rating
    return bool(was == row["rating_by_earlier_target"] != now)


def _thresholds_then_and_now(row: Record) -> str:
    """What was in force then, and what is now: `target of 85.0%, which is now 90.0%`."""
    for key, words in (("target", "target"), ("floor_standard", "floor standard")):
        was, now = getattr(row["previous"], key), getattr(row["latest"], key)
        if was != now:
            then, since = (display.threshold(each, row["format"]) for each in (was, now))
            return f"{words} of {then}, which is now {since or 'not held'}"
    return "distances from the target, which have changed"


def change_count(rows: Sequence[Record], previous: Month, of: str = "") -> str:
    """How many ratings changed since the previous report, and which way; `of` as in none_rated."""
    before = previous.words
    compared = rated_twice(rows, "previous", "latest")
    if not compared:
        why = ": no target is held for that month" if _without_targets_then(rows) else ""
        return f"No rating{of} can be compared with {before}{why}."
    found = changed(rows)
    moved_by_target = [row for row in found if _by_target(row)]
    others = [row for row in found if not _by_target(row)]
    how = which_way(others, "previous", "latest", len(moved_by_target))
    some = comparable(compared, rows, ("previous", "latest"), "indicators", f" with {before}", of)
    if some:
        if len(compared) == 1:
            return f"{some}; it {'changed' if found else 'did not change'}{how}."
        return f"{some}; of these {len(found) or 'none'} changed{how}."
    if not found:
        return f"No rating{of} has changed since {before}."
    has = f"rating{of} has" if len(found) == 1 else f"ratings{of} have"
    return f"Since {before}, {len(found)} {has} changed{how}."


def _without_targets_then(rows: Sequence[Record]) -> bool:
    """Whether the previous report had results, and none of `rows` had a target."""
    results = any(row["previous"].rating == "not-rated" for row in rows)
    return results and all(row["previous"].target is None for row in rows)
