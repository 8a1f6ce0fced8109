"""Sentences on one result: against its target, beside the previous report, and since when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard import display
from scorecard.months import Month
from scorecard.report.counting import cases, noun, others_are
from scorecard.report.since import (
    earlier_words,
    in_month,
    is_last_month,
    read_since,
    unchanged,
    was_and_is,
)

if TYPE_CHECKING:
    from scorecard.figure import Figure
    from scorecard.report.cell import Record


def against_target(row: Record) -> str:
    """A result compared with its target, with the distance in cases where it has a meaning."""
    figure: Figure = row["latest"]
    how = figure.withheld()
    if how:
        return f"The result is {how.words}: {how.meaning}."
    if figure.shown is None:
        return f"There is no result: {display.STATUSES[figure.status].meaning}."
    target = display.threshold(figure.target, row["format"])
    beside = f" against a target of {target}" if target else "; there is no target"
    sentence = f"{figure.marked}{beside}"
    if row["cases_to_target"] and figure.denom is not None:
        sentence += f"; {_cases_to_target(row)}"
    return f"{sentence}.{_since_previous(row)}{streak(row)}"


def _cases_to_target(row: Record) -> str:
    """With how many more or fewer cases the target would be met."""
    higher = display.POLARITIES[row["polarity"]].is_higher
    number, denom = row["cases_to_target"], row["latest"].denom
    if denom == 1:
        one = noun(row, 1) or "case"
        return f"there is only one {one}, and the target {'needs it' if higher else 'allows none'}"
    whole = row["latest"].counted("denom")
    if number == denom:
        every = f"{whole} {noun(row, denom)}".strip()
        return (
            f"all {every} would be needed to meet it"
            if higher
            else f"it allows none of the {every}"
        )
    return f"with {cases(row, number, display.POLARITIES[row['polarity']].better)} it would be met"


def _since_previous(row: Record) -> str:
    """A sentence on what the result was in the previous report; empty where they don't compare."""
    read = read_since(row)
    if not read or (
        read == "same" and _is_within(row) and row["streak"].direction == "same" and _moving(row)
    ):
        return ""
    if read == "same" and not is_last_month(row):  # in between it may have been another
        return f" It was {unchanged(row)} {in_month(earlier_words(row))} too."
    if read == "same":
        return f" It has remained at {unchanged(row)} since last month."
    than = {
        "better": "better than",
        "worse": "worse than",
        display.AS_NEAR: "as near the target as",
    }
    if display.is_near(row["polarity"]):
        than |= {"better": "nearer the target than", "worse": "further from the target than"}
    return f" This is {than[read]} {in_month(earlier_words(row))} ({row['previous'].marked})."


def cases_moved(row: Record) -> str:
    """The cases of a result and of the previous report: those that it counts, and the others.

    `1,281 interviews of 1,891, 1,240 of 1,856 in May; 610 late interviews, 616 in May.` Those that
    moved more come first. Empty where neither moved, where they don't compare, and of averages.
    """
    now, before = row["latest"], row["previous"]
    if row["format"] not in display.CASES or not before.direction:
        return ""
    parts = [part for part in ("num", "denom") if part == "num" or row["format"] != "count"]
    counts = [getattr(each, part) for each in (now, before) for part in parts]
    if None in counts or counts[: len(parts)] == counts[len(parts) :]:
        return ""
    when, change = in_month(earlier_words(row)), now.num - before.num
    if row["format"] == "count":
        moved = (
            f"{abs(display.fixed(change, now.num_places)):,f} {'more' if change > 0 else 'fewer'}"
        )
        return f"{_cases(row, now)} after {before.counted()}{_count_mark(before)} {when}, {moved}."
    found = [(abs(change), f"{_cases(row, now)}, {_of(before)} {when}")]
    one, many = others_are(row)
    if one:
        left, were = now.denom - now.num, before.denom - before.num
        others = [display.grouped(display.figure(each, now.num_places)) for each in (left, were)]
        others[0] += f" {one if left == 1 else many}{_count_mark(now)}"
        found.append((abs(left - were), f"{', '.join(others)}{_count_mark(before)} {when}"))
    return f"{'; '.join(words for _, words in sorted(found, key=lambda each: -each[0]))}."


def _cases(row: Record, figure: Figure) -> str:
    """`1,281 interviews of 1,891 [e]`, or of a count `35 assessments`."""
    named = " ".join(filter(None, [figure.counted(), noun(row, figure.num or 0)]))
    whole = figure.counted("denom")
    return f"{named}{f' of {whole}' if whole else ''}{_count_mark(figure)}"


def _of(figure: Figure) -> str:
    """`1,240 of 1,856`."""
    return f"{figure.counted()} of {figure.counted('denom')}{_count_mark(figure)}"


def _count_mark(figure: Figure) -> str:
    """The marker of a count: that of the result, where the result is the count."""
    return figure.mark if figure.format == "count" else display.mark(figure.count_marker)


MOVING = {
    "better": "improving",
    "worse": "getting worse",
}


MOVING_NEAR = {
    "better": "coming nearer the target",
    "worse": "moving further from the target",
}
"""A direction of travel of several months → how a sentence names it, and of a T indicator."""


ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()


def streak(row: Record) -> str:
    """Sentences on for how long an Amber or Red result moved one way, and has its rating.

    `Improving for the fifth month in a row, from 31.5% in March. Red since May 2016.` Empty where
    nothing is known of that.
    """
    figure, first = row["latest"], row["streak"].rated_since
    if figure.rating not in ("red", "amber"):
        return ""
    return _moving(row) + (f" {figure.rated} since {first.words}." if first else "")


def _moving(row: Record) -> str:
    """For how long a result moved one way, or not at all."""
    words = "" if _reads_otherwise(row) else movement(row)
    return f" {words[:1].upper()}{words[1:]}." if words else ""


def movement(row: Record) -> str:
    """`improving for the fifth month in a row, from 31.5% in March`; nothing without a streak."""
    known, figure = row["streak"], row["latest"]
    if not known.since:
        return ""
    since = known.since.seen_from(Month.of(figure.month))
    was = display.grouped(display.result(known.was, row["format"], known.was_places))
    if known.direction == "same" and figure.in_full != figure.rounded:
        return ""
    if known.direction == "same":
        return f"unchanged at {was} for {known.months} months, since {since}"
    how = (MOVING_NEAR if display.is_near(row["polarity"]) else MOVING)[known.direction]
    return f"{how} for {_nth(known.months)}, from {was} in {since}"


def _reads_otherwise(row: Record) -> bool:
    """Whether the page shows something else than a streak says: 12.98% after 13.0% is better."""
    return _is_within(row) and read_since(row) not in (None, row["streak"].direction)


def _is_within(row: Record) -> bool:
    """Whether the streak goes back to the previous report at least."""
    since, before = row["streak"].since, row["previous"].month
    return bool(since and before and since <= Month.of(before))


def _nth(months: int) -> str:
    """`the third month in a row`, `21 months in a row`."""
    if months <= len(ORDINALS):
        return f"the {ORDINALS[months - 1]} month in a row"
    return f"{months} months in a row"


def moved(row: Record, since: Month) -> str:
    """For the analyst: a result and the one of an earlier month, with the direction of travel.

    `row` has the earlier one as its `previous`.
    """
    direction = row["previous"].direction
    if not direction:
        when = since.seen_from(Month.of(row["latest"].month))
        return f"{row['name']}: there is no result of {when} to compare with."
    word = display.DIRECTIONS[direction].word
    when = "Before rounding, performance" if read_since(row) == "same" else "Performance"
    known = f"{row['name']}: {was_and_is(row)}. {when} is {word}."
    if row["latest"].finished or row["previous"].finished:
        known += " What moved it is not known, because a result was supplied finished."
    return known
