"""Sentences made from the same records as the tables and charts, so that they can't disagree."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from scorecard import display
from scorecard.display import listed
from scorecard.months import NAMES, Month, in_words
from scorecard.report.counting import Kind, all_of, part, shares, these
from scorecard.report.since import earlier_words, read_beside, read_since, was_and_is
from scorecard.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from scorecard.figure import Figure
    from scorecard.report.cell import Record

RATED = ("red", "amber", "green")
"""The ratings, the worst first."""

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
    return f"to {in_words(month.last_day)}, read in {when}"


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
    """That none of `rows` carries `rating`, which says nothing of those that have no rating.

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
    return _differing(rows, "previous", "latest")


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
    compared = _rated_twice(rows, "previous", "latest")
    if not compared:
        why = ": no target is held for that month" if _without_targets_then(rows) else ""
        return f"No rating{of} can be compared with {before}{why}."
    found = changed(rows)
    moved_by_target = [row for row in found if _by_target(row)]
    others = [row for row in found if not _by_target(row)]
    how = _which_way(others, "previous", "latest", len(moved_by_target))
    some = _some(compared, rows, ("previous", "latest"), "indicators", f" with {before}", of)
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


def _some(
    compared: Sequence[Record],
    rows: Sequence[Record],
    places: tuple[str, str],
    many: str,
    then: str = "",
    of: str = "",
) -> str:
    """How many ratings can be compared, where that is not all: of `rows`, `many` with `of`.

    Those with a rating in one of two `places` alone are counted too: a lost rating is no sameness.
    Of ratings that are withheld nobody is to know how many there are.
    """
    if any(row[place].withheld() for row in rows for place in places):
        have = "has a rating" if len(compared) == 1 else "have ratings"
        return f"Of {len(rows)} {many}{of}, {len(compared)} {have} that can be compared{then}"
    rated = [row for row in rows if {row[place].rating for place in places} & {*RATED}]
    return part(compared, rated, f"ratings{of}", then) if len(compared) < len(rated) else ""


def _rated_twice(rows: Sequence[Record], before: str, after: str) -> list[Record]:
    """The records with two ratings, which can be compared."""
    return [row for row in rows if {row[before].rating, row[after].rating} <= {*RATED}]


def _differing(rows: Sequence[Record], before: str, after: str) -> list[Record]:
    """The records with two ratings that are not the same."""
    rated = _rated_twice(rows, before, after)
    return [row for row in rated if row[before].rating != row[after].rating]


def _which_way(
    changed: Sequence[Record], before: str, after: str, because_of_targets: int = 0
) -> str:
    """The end of a sentence on changed ratings; nothing where none changed.

    Those that changed because their targets did are no part of `changed`, and are counted apart.
    """
    up = sum(RATED.index(row[after].rating) > RATED.index(row[before].rating) for row in changed)
    one = because_of_targets == 1
    cause = "its target or floor standard" if one else "their targets or floor standards"
    found = {
        "for the better": up,
        "for the worse": len(changed) - up,
        f"because {cause} changed": because_of_targets,
    }
    kinds = {words: number for words, number in found.items() if number}
    if len(kinds) > 1:
        return ": " + listed([f"{number} {words}" for words, number in kinds.items()])
    for words, number in kinds.items():
        return f", {({1: '', 2: 'both '}).get(number, 'all ')}{words}"
    return ""


def near_threshold(name: str, figure: Figure) -> str:
    """Why a displayed result seems to have another rating, as 13.0% does where Red begins.

    `name` says which result it is. Nothing where the displayed result has its rating.
    """
    if not figure.near_threshold:
        return ""
    places = counted(figure.places or 0, "decimal", "decimals")
    return (
        f"{name}: {figure.rounded} is {figure.in_full} to {places}. "
        f"The rating is given on the exact result, which is {figure.rated}."
    )


def bandings(polarity: str, held: Figure) -> list[tuple[str, str]]:
    """What earns each rating, as pairs of rating code and words; none without a target.

    `held` is a figure with what it is held against. A rating that no result can earn is left out,
    as Amber is where target and floor are the same.
    """
    if held.target is None:
        return []
    found = {"H": _higher, "L": _lower, "T": _near}[polarity](held)
    return [(code, words) for code, words in found if words]


def _higher(held: Figure) -> list[tuple[str, str]]:
    """The bandings of an indicator of which a higher result is better."""
    (target, to_meet), (floor, to_keep), greatest = _thresholds(held)
    return [
        ("green", to_meet if target == greatest else f"{to_meet} and above"),
        ("amber", f"{to_keep} to below {to_meet}" if floor < target else ""),
        ("red", f"below {to_keep}" if floor > 0 else ""),
    ]


def _lower(held: Figure) -> list[tuple[str, str]]:
    """The bandings of an indicator of which a lower result is better."""
    (target, to_meet), (floor, to_keep), greatest = _thresholds(held)
    apart = target < floor
    red = to_keep if floor == greatest else f"{to_keep} and above"
    return [
        ("green", f"{to_meet} and below" if target > 0 else to_meet),
        ("amber", f"above {to_meet} and below {to_keep}" if apart else ""),
        ("red", red if apart else f"above {to_keep}"),
    ]


def _near(held: Figure) -> list[tuple[str, str]]:
    """The bandings of an indicator of which a result near the target is best."""
    (_, target), *_ = _thresholds(held)
    distances = (held.green_within or Decimal(0), held.amber_within or Decimal(0))
    green, amber = (display.plain(each) for each in distances)
    within, beyond = (display.distance(each, held.format) for each in (green, amber))
    apart = distances[0] < distances[1]
    return [
        ("green", f"within {within} of {target}"),
        ("amber", f"more than {green} and up to {beyond} from {target}" if apart else ""),
        ("red", f"more than {beyond} from {target}" if any(held.band) else ""),
    ]


def _thresholds(held: Figure) -> tuple[tuple[Decimal, str], tuple[Decimal, str], int | None]:
    """Target and floor, each with how it is displayed, and the greatest result there can be."""
    target, floor = held.target or Decimal(0), held.floor_standard or Decimal(0)
    words = [display.threshold(each, held.format) for each in (target, floor)]
    return (target, words[0]), (floor, words[1]), 100 if held.format == "percent" else None


def uasc_changed(rows: Sequence[Record]) -> list[Record]:
    """The records of the UASC macro whose rating is another one when UASC are left out."""
    return _differing(rows, "including", "excluding")


def uasc_change_count(rows: Sequence[Record]) -> str:
    """How many ratings change when UASC are left out, and which way."""
    compared = _rated_twice(rows, "including", "excluding")
    if not compared:
        return "No rating can be compared with one that leaves UASC out."
    found = uasc_changed(rows)
    how = _which_way(found, "including", "excluding")
    some = _some(compared, rows, ("including", "excluding"), "results")
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
