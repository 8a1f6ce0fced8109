"""Sentences made from the same records as the tables and charts, so that they can't disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard import display
from scorecard.display import listed
from scorecard.report.counting import Kind, all_of, part, shares, these
from scorecard.report.withholding import withheld
from scorecard.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from scorecard.months import Month
    from scorecard.report.tables import Record

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
    return {code: sum(row["rating"] == code for row in rows) for code in ("green", "amber", "red")}


def unrated(rows: Sequence[Record]) -> int:
    """How many of `rows` have no rating; one that is withheld is not among them."""
    return sum(row["rating"] not in RATED and not withheld(row, "rating") for row in rows)


def hidden(rows: Sequence[Record]) -> int:
    """How many of `rows` have a rating, or none, that is withheld."""
    return sum(bool(withheld(row, "rating")) for row in rows)


def ratings(rows: Sequence[Record]) -> str:
    """Count the ratings: `45 indicators are rated: 22 Green, 20 Amber and 3 Red.`."""
    count = tally(rows)
    rated = sum(count.values())
    if not rated:
        return f"{_no_rating(rows)}."
    words = [f"{number} {display.RATINGS[code].word}" for code, number in count.items()]
    verb = "is" if rated == 1 else "are"
    sentence = f"{counted(rated, 'indicator', 'indicators')} {verb} rated: {listed(words)}."
    left = unrated(rows)
    return sentence + (f" {left} of {len(rows)} could not be rated." if left else "")


def none_rated(rows: Sequence[Record], rating: str) -> str:
    """That none of `rows` carries `rating`, which says nothing of those that have no rating."""
    word = display.RATINGS[rating].word
    rated = sum(tally(rows).values())
    if not rated:
        return f"{_no_rating(rows)}."
    if rated == len(rows):
        return f"No indicator is rated {word} this month."
    left, gone = unrated(rows), [said for row in rows if (said := withheld(row, "rating"))]
    others = [f"{left} of {len(rows)} could not be rated"] if left else []
    if gone:
        others.append(f"{counted(len(gone), 'result is', 'results are')} {gone[0].words}")
    none = f"Of the {rated} indicators that are rated, none is {word}"
    if rated == 1:
        none = f"The one indicator that is rated is not {word}"
    return f"{none}; {listed(others)}."


def _no_rating(rows: Sequence[Record]) -> str:
    """That none of `rows` has a rating."""
    if not rows:
        return "There is no indicator to rate"
    return "No rating is shown" if hidden(rows) else "No indicator could be rated"


def directions(rows: Sequence[Record], month: Month) -> str:
    """How many results are better, worse or the same as a month earlier."""
    before = (month - 1).words
    compared = [read for row in rows if (read := read_since(row))]
    found = shares(compared, READ)
    if not found:
        return f"No result can be compared with {before}."
    if len(compared) < len(rows):
        return f"{part(compared, rows, 'indicators', f' with {before}')}: {these(found)}."
    return f"Compared with {before}, {all_of(found, 'result', 'results')}."


def read_since(row: Record) -> str | None:
    """How a reader sees a result beside last month's: a key of `READ`; None without one.

    Arrows compare exact results; sentences and groups go by what is displayed, and two results
    displayed alike are the same.
    """
    return _read(row, row["month_ago_direction"], row["month_ago_precise"], row["precise"])


def read_beside(row: Record) -> str | None:
    """How a reader sees a result without UASC beside the one with them, likewise."""
    including, excluding = row["including_precise"], row["excluding_precise"]
    return _read(row, row["excluding_direction"], including, excluding)


def _read(row: Record, direction: str | None, was: Any, now: Any) -> str | None:
    """A direction of travel as two displayed figures show it."""
    if direction is None or was == now:
        return direction and "same"
    if row["polarity"] != "T":
        return direction
    equally_far = abs(was - row["target"]) == abs(now - row["target"])
    return display.AS_NEAR if direction == "same" or equally_far else direction


def changed(rows: Sequence[Record]) -> list[Record]:
    """The records whose rating differs from last month's, where both months are rated."""
    return _differing(rows, "month_ago_rating", "rating")


def changes(rows: Sequence[Record]) -> list[str]:
    """One sentence for each changed rating."""
    return [
        f"{row['name']} ({row['code']}) went from "
        f"{display.RATINGS[row['month_ago_rating']].word} to "
        f"{display.RATINGS[row['rating']].word}: {_was_and_is(row)}.{because_of_target(row)}"
        for row in changed(rows)
    ]


def because_of_target(row: Record) -> str:
    """A sentence on why a rating changed though the result did not cause it; else nothing.

    By what was in force last month, this month's result would be rated as last month's.
    """
    if not _by_target(row):
        return ""
    was = display.RATINGS[row["month_ago_rating"]].word
    return f" It would still be {was} by last month's {_thresholds_then_and_now(row)}."


def _by_target(row: Record) -> bool:
    """Whether a rating changed because its target, floor standard or band did."""
    return bool(row["month_ago_rating"] == row["rating_by_earlier_target"] != row["rating"])


def _thresholds_then_and_now(row: Record) -> str:
    """What was in force last month, and what is now: `target of 85.0%, which is now 90.0%`."""
    for key, words in (("target", "target"), ("floor_standard", "floor standard")):
        was, now = row[f"month_ago_{key}"], row[key]
        if was != now:
            then, since = (display.threshold(each, row["format"]) for each in (was, now))
            return f"{words} of {then}, which is now {since or 'not held'}"
    return "distances from the target, which have changed"


def change_count(rows: Sequence[Record], month: Month) -> str:
    """How many ratings changed since last month, and which way."""
    before = (month - 1).words
    compared = _rated_twice(rows, "month_ago_rating", "rating")
    if not compared:
        why = ": no target is held for that month" if _without_targets_then(rows) else ""
        return f"No rating can be compared with {before}{why}."
    found = changed(rows)
    moved_by_target = [row for row in found if _by_target(row)]
    others = [row for row in found if not _by_target(row)]
    how = _which_way(others, "month_ago_rating", "rating", len(moved_by_target))
    some = _some(compared, rows, "rating", "indicators", f" with {before}")
    if some:
        if len(compared) == 1:
            return f"{some}; it {'changed' if found else 'did not change'}{how}."
        return f"{some}; of these {len(found) or 'none'} changed{how}."
    if not found:
        return f"No rating has changed since {before}."
    has = "rating has" if len(found) == 1 else "ratings have"
    return f"Since {before}, {len(found)} {has} changed{how}."


def _without_targets_then(rows: Sequence[Record]) -> bool:
    """Whether last month had results, and none of `rows` had a target."""
    results = any(row["month_ago_rating"] == "not-rated" for row in rows)
    return results and all(row["month_ago_target"] is None for row in rows)


def _some(
    compared: Sequence[Record], rows: Sequence[Record], field: str, many: str, then: str = ""
) -> str:
    """How many ratings can be compared, where that is not all; `many` are what `rows` are.

    Of ratings that are withheld nobody is to know how many there are.
    """
    if any(withheld(row, field) for row in rows):
        have = "has a rating" if len(compared) == 1 else "have ratings"
        return f"Of {len(rows)} {many}, {len(compared)} {have} that can be compared{then}"
    rated = [row for row in rows if row[field] in RATED]
    return part(compared, rated, "ratings", then) if len(compared) < len(rated) else ""


def _rated_twice(rows: Sequence[Record], before: str, after: str) -> list[Record]:
    """The records with two ratings, which can be compared."""
    return [row for row in rows if row[before] in RATED and row[after] in RATED]


def _differing(rows: Sequence[Record], before: str, after: str) -> list[Record]:
    """The records with two ratings that are not the same."""
    return [row for row in _rated_twice(rows, before, after) if row[before] != row[after]]


def _which_way(
    changed: Sequence[Record], before: str, after: str, because_of_targets: int = 0
) -> str:
    """The end of a sentence on changed ratings; nothing where none changed.

    Those that changed because their targets did are no part of `changed`, and are counted apart.
    """
    up = sum(RATED.index(row[after]) > RATED.index(row[before]) for row in changed)
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


def _was_and_is(row: Record) -> str:
    """Two results in words: `89.3% last month, 89.9% now`, or `it remained at 89.9%`."""
    if read_since(row) != "same":
        return f"{_earlier(row)} last month, {_now(row)} now"
    was, is_now = _unchanged(row), _now(row)
    return f"it remained at {is_now}" + (f" ({was} last month)" if was != is_now else "")


def _unchanged(row: Record) -> str:
    """A figure displayed alike in both months, with last month's marker."""
    figure = display.in_full(row)
    return figure + display.marked(row, "month_ago_marker")


def _now(row: Record) -> str:
    """The reporting month's result, with the decimals that show its rating, and its marker."""
    return display.in_full(row) + display.marked(row, "marker")


def _earlier(row: Record) -> str:
    """The result a month earlier, likewise."""
    shown = display.in_full(row, "month_ago_")
    return shown + display.marked(row, "month_ago_marker")


def against_target(row: Record) -> str:
    """A result held against its target, with the distance in cases where it has a meaning."""
    said = withheld(row, "shown")
    if said:
        return f"The result is {said.words}: {said.meaning}."
    if row["shown"] is None:
        return f"There is no result: {display.STATUSES[row['status']].meaning}."
    target = display.threshold(row["target"], row["format"])
    sentence = _now(row) + (f" against a target of {target}" if target else "; there is no target")
    if row["cases_to_target"] and row["format"] == "percent":
        sentence += f"; {_cases_to_target(row)}"
    return f"{sentence}.{_since_last_month(row)}"


def _cases_to_target(row: Record) -> str:
    """How many more or fewer cases would meet the target."""
    higher = row["polarity"] == "H"
    if row["denom"] == 1:
        return f"there is only one case, and the target {'needs it' if higher else 'allows none'}"
    whole = display.figure(row["denom"], row["denom_places"])
    if row["cases_to_target"] == row["denom"]:
        return (
            f"all {whole} would be needed to meet it"
            if higher
            else f"it allows none of the {whole}"
        )
    more = "more" if higher else "fewer"
    return f"{row['cases_to_target']} {more} of the {whole} would be needed to meet it"


def _since_last_month(row: Record) -> str:
    """A sentence on what the result was a month earlier; empty where that can't be compared."""
    read = read_since(row)
    if not read:
        return ""
    if read == "same":
        return f" It has remained at {_unchanged(row)} since last month."
    than = {
        "better": "better than",
        "worse": "worse than",
        display.AS_NEAR: "as near the target as",
    }
    if row["polarity"] == "T":
        than |= {"better": "nearer the target than", "worse": "further from the target than"}
    return f" This is {than[read]} last month ({_earlier(row)})."


def moved(row: Record) -> str:
    """For the analyst: a result and the one a month before, with the direction of travel."""
    direction = row["month_ago_direction"]
    if not direction:
        return f"{row['name']}: there is no result of last month to compare with."
    word = display.DIRECTIONS[direction].word
    when = "Before rounding, performance" if read_since(row) == "same" else "Performance"
    return f"{row['name']}: {_was_and_is(row)}. {when} is {word}."


def near_threshold(row: Record, prefix: str, which: str = "") -> str:
    """Why a displayed result seems to have another rating, as 13.0% does where Red begins.

    `prefix` is that of the result's keys in the record; `which` says, after the indicator's name,
    which of its results it is. Nothing where the displayed result has its rating.
    """
    if not row[f"{prefix}near_threshold"]:
        return ""
    shown = display.result(row[f"{prefix}shown"], row["format"])
    word = display.RATINGS[row[f"{prefix}rating"]].word
    places = counted(row[f"{prefix}places"], "decimal", "decimals")
    return (
        f"{row['name']}{which}: {shown} is {display.in_full(row, prefix)} to {places}. "
        f"The rating is given on the exact result, which is {word}."
    )


def bandings(row: Record) -> list[tuple[str, str]]:
    """What earns each rating, as pairs of rating code and words; none without a target.

    A rating that no result can earn is left out, as Amber is where target and floor are the same.
    """
    if row["target"] is None:
        return []
    found = {"H": _higher, "L": _lower, "T": _near}[row["polarity"]](row)
    return [(code, words) for code, words in found if words]


def _higher(row: Record) -> list[tuple[str, str]]:
    """The bandings of an indicator of which a higher result is better."""
    target, floor, greatest = _thresholds(row)
    apart = row["floor_standard"] < row["target"]
    return [
        ("green", target if row["target"] == greatest else f"{target} and above"),
        ("amber", f"{floor} to below {target}" if apart else ""),
        ("red", f"below {floor}" if row["floor_standard"] > 0 else ""),
    ]


def _lower(row: Record) -> list[tuple[str, str]]:
    """The bandings of an indicator of which a lower result is better."""
    target, floor, greatest = _thresholds(row)
    apart = row["target"] < row["floor_standard"]
    red = floor if row["floor_standard"] == greatest else f"{floor} and above"
    return [
        ("green", f"{target} and below" if row["target"] > 0 else target),
        ("amber", f"above {target} and below {floor}" if apart else ""),
        ("red", red if apart else f"above {floor}"),
    ]


def _near(row: Record) -> list[tuple[str, str]]:
    """The bandings of an indicator of which a result near the target is best."""
    target, *_ = _thresholds(row)
    green, amber = (display.plain(row[key]) for key in ("green_within", "amber_within"))
    within, beyond = (_points(distance, row["format"]) for distance in (green, amber))
    apart = row["green_within"] < row["amber_within"]
    return [
        ("green", f"within {within} of {target}"),
        ("amber", f"more than {green} and up to {beyond} from {target}" if apart else ""),
        ("red", f"more than {beyond} from {target}" if any(display.band(row)) else ""),
    ]


def _thresholds(row: Record) -> tuple[str, str, int | None]:
    """Target and floor as they are displayed, and the greatest result there can be."""
    form = row["format"]
    target, floor = (display.threshold(row[key], form) for key in ("target", "floor_standard"))
    return target, floor, 100 if form == "percent" else None


def _points(number: str, form: str) -> str:
    """A distance from the target: percentage points, or so many."""
    if form != "percent":
        return number
    return f"{number} percentage point{'' if number == '1' else 's'}"


def uasc_changed(rows: Sequence[Record]) -> list[Record]:
    """The records of the UASC macro whose rating is another one when UASC are left out."""
    return _differing(rows, "including_rating", "excluding_rating")


def uasc_change_count(rows: Sequence[Record]) -> str:
    """How many ratings change when UASC are left out, and which way."""
    compared = _rated_twice(rows, "including_rating", "excluding_rating")
    if not compared:
        return "No rating can be compared with one that leaves UASC out."
    found = uasc_changed(rows)
    how = _which_way(found, "including_rating", "excluding_rating")
    some = _some(compared, rows, "including_rating", "results")
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
        said = f"{part(compared, rows, 'indicators')}: leaving UASC out, {these(found)}."
        return said + _before_rounding(rows)
    return f"Leaving UASC out, {all_of(found, 'result', 'results')}.{_before_rounding(rows)}"


def _before_rounding(rows: Sequence[Record]) -> str:
    """A sentence on results that look the same though they have a variance."""
    number = sum(read_beside(row) == "same" and bool(row["variance_sign"]) for row in rows)
    if not number:
        return ""
    one, many = "result looks the same but differs", "results look the same but differ"
    return f" {counted(number, one, many)} before rounding."
