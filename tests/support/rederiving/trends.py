"""Headline, subtitle and text alternative of a trend."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from support.rederiving import process
from support.rederiving.lasting import lasting
from support.rederiving.pages import PERIODS, SAID, SIGNED, WHEN, WORST_FIRST, words
from support.rederiving.variation import judged
from support.rederiving.writing import fitting, hollow, listed, points, sentence, span
from support.rederiving.writing import since as since_previous

if TYPE_CHECKING:
    from collections.abc import Sequence

    from support.rederiving.pages import Page, Seen


def code_of(place: str) -> str:
    """The indicator of a trend's figure."""
    return re.fullmatch(r"(?:trend|exception)-(.+?)(?:-chart)?", place)[1]


@sentence(rf".*: (?:[\d,.]+%?(?: \[[^]]*\])?(?:, | to | as ).*|no result in {WHEN})", kind="title")
def _trend_title(page: Page, place: str, _: object) -> str:
    code = code_of(place)
    called, last = page.council.called(code), [*points(page, place).values()][-1]["result"]
    if last.value is None:
        return f"{called}: no result in {words(page.month)}"
    now = f"{last.signed}, {rated(last)}"
    change, since = real(page, code), lasting(page, page.unit, code).rated_since
    happened = [
        f"{now}; {change}" if change else "",
        _moved_since(page, code),
        f"{now} since {words(since)}" if since else "",
        now,
    ]
    return fitting([f"{called}: {each}" for each in happened if each])


def _moved_since(page: Page, code: str) -> str:
    """A result since the previous report; empty where they don't compare, or one is estimated."""
    read, was, now = since_previous(page, code), page.before(code), page.own[code]["result"]
    if not read or not all({*each.marker.split(", ")} <= {"", "r"} for each in (was, now)):
        return ""
    turn = rated(now)
    if was.rating == now.rating:
        turn = f"still {turn}"
    elif {was.rating, now.rating} <= {*WORST_FIRST}:
        turn = f"{rated(was)} to {turn}"
    if read == "same":
        return f"{now.signed} as {page.in_last}, {turn}"
    return f"{was.signed} to {now.signed} since {page.last}, {turn}"


def rated(seen: Seen) -> str:
    """A rating as a title has it."""
    return SAID.get(seen.rating, "not rated")


def real(page: Page, code: str) -> str:
    """Of what kind the month is a real change; empty where it is none."""
    found = judged(page.council, page.unit, code, page.month)
    snapshot = page.council.indicators[code]["data_period"] == "SS"
    if not snapshot or found.estimated or found.variation in ("", "ordinary"):
        return ""
    return process.MEANT[found.variation].split(",")[0]


@sentence(
    rf"(?P<name>.*): (?P<unit>[^:]*), (?P<period>{'|'.join(PERIODS.values())}), {WHEN}.*",
    kind="subtitle",
)
def _trend_subtitle(page: Page, place: str, _: object) -> str:
    rows, known = points(page, place), page.council.indicators[code_of(place)]
    unit = page.unit_name
    period = PERIODS[known["data_period"]]
    marks = hollow(row["result"] for row in rows.values())
    end = process.subtitle(page, code_of(place), list(rows)) if period == "snapshot" else ""
    return f"{known['name']}: {unit}, {period}, {span(list(rows))}{marks}{end}"


@sentence("Line chart of .*", "There is no result to draw.", kind="desc")
def _trend_description(page: Page, place: str, _: object) -> str:
    rows = points(page, place)
    found = {month: row["result"] for month, row in rows.items() if row["result"].value is not None}
    total = f"{len(rows)} month{'' if len(rows) == 1 else 's'}"
    some = f", {len(found)} of them with a result shown" if len(found) < len(rows) else ""
    months, values = list(found), [each.value for each in found.values()]

    def at(month: str) -> str:
        return f"{found[month].signed} in {words(month)}"

    def extreme(value: Fraction) -> str:
        when = [month for month in months if found[month].value == value]
        return (
            at(when[0]) if len(when) == 1 else f"{found[when[0]].text} in {len(when)} of the months"
        )

    if len(months) == 1:
        course = f"The result is {at(months[0])}."
    elif len(set(values)) == 1:
        same = f"The result is {found[months[0]].text} in each of these {len(months)} months"
        course = f"{same}{marks(list(found.values()))}."
    else:
        ends = {at(months[0]): "", at(months[-1]): ""}
        found_where = {"lowest": extreme(min(values)), "highest": extreme(max(values))}
        ends |= {at: f", the {how}" for how, at in found_where.items() if at in ends}
        (first, one), (final, other) = ends.items()
        course = f"The result goes from {first}{one}{',' if one else ''} to {final}{other}."
        rest = [f"he {how} is {at}" for how, at in found_where.items() if at not in ends]
        course += f" T{' and t'.join(rest)}." if rest else ""
    last = rows[list(rows)[-1]]
    said = [f"Line chart of {total}{some}. {course}"]
    if last["target"].value is not None:
        said.append(f"The target is now {last['target'].text}.")
    if last["floor"].value is not None:
        said.append(f"The floor standard is {last['floor'].text}.")
    if " to " in last["floor"].text:
        low, high = last["floor"].text.split(" to ")
        beyond = [f"below {low}"] if Fraction(low.rstrip("%")) else []
        beyond += [f"above {high}"] if high != "100.0%" else []
        said.append(f"Results {' or '.join(beyond)} are Red.")
    if whose := page.council.comparators(code_of(place), page.month):
        said.append(f"Level lines show the results of {listed([*whose])}.")
    code = code_of(place)
    snapshot = page.council.indicators[code]["data_period"] == "SS"
    return " ".join(said) + (process.description(page, code, list(rows)) if snapshot else "")


@sentence(rf"(?P<text>From {SIGNED} to|{SIGNED} in each of) .*", kind="spark")
def _sparkline(page: Page, place: str, _: object) -> str:
    unit, code = place.split("/")
    trend = page.trend(unit, code)
    found = [each for each in trend if each]
    values = [each.value for each in found]
    months = f"{len(trend)} months"
    if len(found) < len(trend):
        months = f"the {len(found)} of {len(trend)} months with a result shown"
    if len(set(values)) == 1:
        said = f"{found[0].text} in each of {months}"
    else:
        ends = [
            next(each.text for each in found if each.value == end(values)) for end in (min, max)
        ]
        over = "over" if len(found) == len(trend) else "in"
        said = (
            f"From {found[0].text} to {found[-1].text} {over} {months}, lowest {ends[0]}, "
            f"highest {ends[1]}"
        )
    return said + marks(found)


def marks(found: Sequence[Seen]) -> str:
    """How many results carry a marker, and which."""
    marked = [each for each in found if each.signs]
    marks = dict.fromkeys(f"[{each}]" for seen in marked for each in seen.signs.split(", "))
    verb = "is" if len(marked) == 1 else "are"
    return f"; {len(marked)} of {len(found)} {verb} marked {listed(list(marks))}" if marks else ""
