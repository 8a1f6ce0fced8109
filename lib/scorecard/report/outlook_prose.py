"""Sentences on what an indicator needs next, and on how its areas differ (`outlook.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard import display
from scorecard.display import listed
from scorecard.report.counting import cases, noun, others_are, others_difference
from scorecard.report.outlook import month_of
from scorecard.report.result_prose import movement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.report.cell import Record

NEAR_RED = 2
"""So many cases from Red are near it."""

ANY, NONE = "any", "none"
"""Amounts that next month needs where any is enough, or none is."""

CERTAIN = {
    ("target", NONE): "the target can't be met",
    ("floor", NONE): "the result will be Red in any case",
    ("target", ANY): "the target will be met in any case",
    ("floor", ANY): "the result will not be Red in any case",
}
"""An end of the scale, and an amount → what is certain whatever next month brings."""

NOT_SHOWN = "The months behind this result are not shown, because they rest on small numbers."


def out_of_red(row: Record) -> str:
    """How many cases a Red result is from not being Red; nothing where no number would do."""
    number = row["cases_to_floor"]
    if row["latest"].rating != "red" or not number:
        return ""
    more = cases(row, number, display.POLARITIES[row["polarity"]].better)
    return f"With {more} it would not be Red."


def within_reach(rows: Sequence[Record]) -> list[Record]:
    """The Amber results that are within two cases of Red."""
    return [row for row in rows if row["cases_to_red"] and row["cases_to_red"] <= NEAR_RED]


def would_be_red(row: Record) -> str:
    """With how many cases an Amber result would be Red; nothing for other ratings."""
    amber = row["latest"].rating == "amber"
    return f"With {to_red(row)} it would be Red." if amber and row["cases_to_red"] else ""


def near_red(rows: Sequence[Record]) -> str:
    """Which Amber results are within two cases of Red; nothing where none is."""
    named = [f"{row['name']} ({row['code']}), with {to_red(row)}" for row in within_reach(rows)]
    return f"Within two cases of Red: {'; '.join(named)}." if named else ""


def to_red(row: Record) -> str:
    """With how many cases an Amber result would be Red: `2 more of the 362 children`."""
    return cases(row, row["cases_to_red"], display.POLARITIES[row["polarity"]].worse)


def others_moved(row: Record) -> str:
    """How many more or fewer cases are not in the numerator than in the previous report.

    `7 fewer late reviews`; nothing where they have no name (`counting.others_are`), or a count is
    missing.
    """
    one, many = others_are(row)
    moved = others_difference(row)
    if not one or not display.is_part(row["format"]) or moved is None:
        return ""
    if not moved:
        return f"as many {many}"
    return f"{abs(moved):,f} {'more' if moved > 0 else 'fewer'} {one if abs(moved) == 1 else many}"


def months_behind(row: Record, months: Sequence[Record]) -> str:
    """What the small bars of the months behind a rolling figure show."""
    (first, opens), *_, (last, closes) = [
        (_own(row, each), month_of(each, "month").words) for each in months
    ]
    marks = list(dict.fromkeys(each["marker"] for each in months if each["marker"]))
    hollow = f" Hollow bars: months marked {listed([f'[{m}]' for m in marks], 'or')}."
    return (
        f"Each of the {len(months)} months by itself, from {first} in {opens}, which leaves next "
        f"month, to {last} in {closes}.{hollow if marks else ''}"
    )


def next_month(row: Record, found: Record) -> str:
    """What leaves a rolling figure next month, what it will be then, and what that month needs."""
    then = month_of(found, "next_month").words
    leaves = month_of(found, "leaving_month").words
    rated = display.RATINGS[found["next_rating"]].word
    result = display.grouped(
        display.result(found["next_precise"], row["format"], found["next_places"])
    )
    rating = "" if found["next_rating"] == "not-rated" else f", {rated}"
    return (
        f"{leaves} ({_counts(row, found, 'leaving')}) leaves next month. If {then} equals "
        f"{month_of(found, 'month').words} ({_counts(row, found, 'coming')}), the result will be "
        f"{result}{display.mark(found['next_marker'])}{rating}.{_needs(row, found, then)}"
    )


def _own(row: Record, month: Record) -> str:
    """A month's own result with its marker."""
    text = display.grouped(display.result(month["shown"], row["format"]))
    return f"{text or 'no cases'}{display.mark(month['marker'])}"


def _counts(row: Record, found: Record, place: str) -> str:
    """The counts of a month, `48 of 146 [e]`, or of a count its number.

    Of an average both: `1,551 days for 7 children`.
    """
    num, denom = (
        display.grouped(
            display.figure(found[f"{place}_{part}"], getattr(row["latest"], f"{part}_places") or 0)
        )
        for part in ("num", "denom")
    )
    of = f" of {denom}" if denom else ""
    if display.is_average(row["format"]):
        num = display.with_unit(num, row["format"])
        of = f" for {denom} {noun(row, found[f'{place}_denom']) or 'cases'}"
    return f"{num}{of}{display.mark(found[f'{place}_marker'])}"


def _needs(row: Record, found: Record, then: str) -> str:
    """What next month needs for the target, and not to be Red; nothing where that isn't known."""
    least, certain = [], []
    for end, words in (("target", "for the target"), ("floor", "not to be Red")):
        if found[f"{end}_reachable"] is None:
            continue
        amount = _amount(row, found, end)
        if amount in (ANY, NONE):
            certain.append((end, amount))
        else:
            least.append(f"{amount} {words}")
    if ("target", ANY) in certain:
        certain = [each for each in certain if each != ("floor", ANY)]  # goes without saying
    of = for_those = ""
    if found["coming_denom"] is not None:
        whole = found["coming_denom"]
        number = display.grouped(display.figure(whole, row["latest"].denom_places or 0))
        average = display.is_average(row["format"])
        of = f"{number} {noun(row, whole) or ('cases' if average else '')}".strip()
        for_those = f", {'for' if average else 'of'} {of},"
    others = listed([CERTAIN[each] for each in certain])
    if least:
        needs = f"{then} needs{for_those} {listed(least)}"
        return f" {'; '.join(filter(None, [needs, others]))}."
    where = f"With {of} in {then}" if of else f"Whatever {then} brings"
    return f" {where}, {others}." if others else ""


def _amount(row: Record, found: Record, end: str) -> str:
    """The fewest or most cases that next month needs: `at least 50`; of averages the average.

    `ANY` or `NONE` where any number is enough, or none is.
    """
    higher = display.POLARITIES[row["polarity"]].is_higher
    form, number = row["format"], found[f"{end}_num"]
    if not found[f"{end}_reachable"]:
        return NONE
    if (number == 0) if higher else (display.is_part(form) and number == found["coming_denom"]):
        return ANY
    least = "at least" if higher else "at most"
    if not display.is_average(form):
        return f"{least} {number:,}"
    average = display.result(found[f"{end}_shown"], form)
    return f"an average of {least} {display.with_unit(average, form)}"


def areas_by_chance(rows: Sequence[Record], areas: int, noun: str = "areas") -> str:
    """Whether areas differ by more than chance; `areas` is how many there are to compare.

    They may be other parts of a whole: `noun` is the word for several of them.
    """
    marks = ", ".join(each["marker"] for each in rows if each["marker"]).split(", ")
    mark = display.mark(", ".join(dict.fromkeys(marks)))
    beyond = [each for each in rows if each["evidence"] == "evidence"]
    perhaps = [each for each in rows if each["evidence"] == "some"]
    some = "" if len(rows) == areas else f"{len(rows)} of {areas} {noun} can be compared. "
    if not beyond and not perhaps:
        name, than = rows[0]["unit_name"], "no more than chance would make"
        if len(rows) == 1:
            return f"{some}{name} differs from the whole {than} it{mark}."
        return f"{some}The {noun}' results differ {than} them{mark}."
    sentences = [
        f"{_apart(several)} than chance would {make.format('it' if len(several) == 1 else 'them')}"
        f"{mark}."
        for several, make in (
            (beyond, "make {}"), (perhaps, "often make {}, which may still be chance"),
        ) if several
    ]  # fmt: skip
    left = len(rows) - len(beyond) - len(perhaps)
    if left:
        others = "other differs" if left == 1 else "others differ"
        whom = "it" if left == 1 else "them"
        sentences.append(f"The {others} no more than chance would make {whom}{mark}.")
    return some + " ".join(sentences)


def in_no_area(row: Record, rows: Sequence[Record], areas: int) -> str:
    """Why every area can be on one side of the whole, the result of `row`; nothing if not all are.

    The whole is an average of its areas, unless it also counts cases of no area: `rows` and `areas`
    as in `areas_by_chance`. Nothing where a count is missing or withheld.
    """
    whole, parts = row["latest"].denom, [each["latest"].denom for each in rows]
    if len(rows) == 1 or len(rows) < areas or None in (whole, *parts) or sum(parts) >= whole:
        return ""
    sides = {"higher" if each["z"] > 0 else "lower" if each["z"] < 0 else "" for each in rows}
    way = sides.pop() if len(sides) == 1 else ""
    besides = f"that of {row['unit_name']}, which also counts {noun(row, 2) or 'cases'}"
    return f"Every area's result is {way} than {besides} in no area." if way else ""


def standing_out(rows: Sequence[Record]) -> str:
    """Which areas differ by more than chance, with the way: `higher by more than chance: …`.

    `rows` are those that do, as in `areas_by_chance`.
    """
    found = {"higher": [each for each in rows if each["z"] > 0]}
    found["lower"] = [each for each in rows if each["z"] < 0]
    named = {
        way: listed([f"{each['unit_name']} ({each['latest'].in_words})" for each in several])
        for way, several in found.items()
        if several
    }
    return "; ".join(f"{way} by more than chance: {areas}" for way, areas in named.items())


def _apart(rows: Sequence[Record]) -> str:
    """Areas that differ, with the way: `South Kent (14.3%) and West Kent (15.0%) are higher`.

    Of one that is Amber or Red, also for how long it moves one way.
    """
    ways: dict[str, list[str]] = {}
    for row in rows:
        figure = row["latest"]
        moving = movement(row) if figure.rating in ("red", "amber") else ""
        named = f"{row['unit_name']} ({', '.join(filter(None, (figure.in_words, moving)))})"
        ways.setdefault("higher" if row["z"] > 0 else "lower", []).append(named)
    return listed([
        f"{listed(named)} {'is' if len(named) == 1 else 'are'} {way}"
        for way, named in ways.items()
    ])  # fmt: skip
