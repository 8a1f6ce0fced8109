"""What charts say of limits, real changes and steps, from the results as they were supplied."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from support.rederiving.pages import MONTHS, key, words
from support.rederiving.variation import LEAST, MOST, WORDS, Judged, judged, own, own_of, supplied
from support.rederiving.writing import fitting, listed, rounded, sentence

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from support.rederiving.pages import Page

SIGNS = {"improvement": "▲", "concern": "▼", "high": "◆", "low": "◆"}
MEANT = {
    "improvement": "a real change for the better", "concern": "a real change for the worse",
    "high": "a real change to higher figures, neither better nor worse",
    "low": "a real change to lower figures, neither better nor worse",
    "ordinary": "within ordinary variation",
}  # fmt: skip


def drawn(page: Page, code: str) -> list[str]:
    """The months of a process behaviour chart, up to 24 without a gap, oldest first."""
    known, rows, found = page.council.indicators[code], supplied(page.council), []
    changed = known["comparable_from"] or ""
    for back in range(MOST):
        month = key(page.month, back)
        row = rows.get((page.unit, code, month))
        if not row or own(row, known["format"]) is None:
            break
        if changed and month < changed <= page.month:
            break
        found.insert(0, month)
    return found


def at(page: Page, code: str, month: str) -> Judged:
    """A month beside the limits of the page's month."""
    return judged(page.council, page.unit, code, page.month, month)


def figure(value: Fraction, form: str, places: int) -> str:
    return rounded(value, places) + ("%" if form == "percent" else "")


def places_of(form: str, value: Fraction, found: Judged) -> int:
    """The decimals that show a value on its side of both limits."""

    def sides(one: Fraction, others: Iterable[Fraction]) -> list[int]:
        return [(one > other) - (one < other) for other in others]

    limits = (found.lower, found.upper)
    for places in range(0 if form == "count" else 1, 10):
        shown = [Fraction(nearest(each, places)) for each in (value, *limits)]
        if sides(shown[0], shown[1:]) == sides(value, limits):
            return places
    return 10


def nearest(value: Fraction, places: int) -> Fraction:
    sign = -1 if value < 0 else 1
    return sign * Fraction(rounded(abs(value), places))


def limits(page: Page, code: str) -> str:
    """The expected range and its mean, with how many months they rest on."""
    form = page.council.indicators[code]["format"]
    found = at(page, code, page.month)
    value = own(supplied(page.council)[page.unit, code, page.month], form)
    places = places_of(form, value, found)
    high = min(found.upper, 100) if form == "percent" else found.upper
    low, high, mean = (
        figure(Fraction(each), form, places) for each in (max(found.lower, 0), high, found.mean)
    )
    marks = [page.council.markers[each] for each in sorted(found.provenances)]
    mark = ", ".join(dict.fromkeys(each for each in marks if each))
    return f"{low} to {high}, mean {mean}, by {found.points} months" + (
        f" [{mark}]" if mark else ""
    )


def assurance(page: Page, code: str) -> str:
    """Whether months within the range meet the target; empty where that can't be asked."""
    known, found = page.council.indicators[code], at(page, code, page.month)
    target = page.council.held(code, page.month).get("target")
    of_several = known["format"] == "count" and known["data_period"] in ("R12M", "YTD")
    if known["polarity"] not in ("H", "L") or not target or of_several:
        return ""
    low, high, aim = found.lower, found.upper, Fraction(target)
    if known["polarity"] == "L":
        low, high, aim = -high, -low, -aim
    but = f", but the latest month shows {found.variation}"
    moved = found.variation in ("concern", "improvement")
    how = f"may or may not meet the target{but if moved else ''}"
    if low >= aim:
        how = f"will meet the target{but if found.variation == 'concern' else ''}"
    elif high < aim:
        how = "will not meet the target unless something changes"
        how += but if found.variation == "improvement" else ""
    return f"By this range a month {how}"


def real(page: Page, code: str, months: Iterable[str]) -> dict[str, list[str]]:
    """Each kind of real change → the months of it, in the order of the first."""
    found: dict[str, list[str]] = {}
    for month in months:
        kind = at(page, code, month).variation
        if kind in WORDS:
            found.setdefault(kind, []).append(words(month))
    return found


def subtitle(page: Page, code: str, months: list[str]) -> str:
    """The end of a chart's subtitle; `months` are those drawn."""
    last, said = at(page, code, page.month), ""
    months = [month for month in months if month in drawn(page, code)]
    if last.mean is not None:
        said += f". {'Dashed' if last.estimated else 'Grey'} band: expected range, "
        said += limits(page, code)
        said += f". {assured}" if (assured := assurance(page, code)) else ""
    kinds = real(page, code, months)
    if kinds:
        said += f". {title_of(last)}: {listed([f'{SIGNS[kind]} {kind}' for kind in kinds])}"
    for month, reason in begun(page, code, months):
        said += f". Dotted line: {reason}, {words(month)}"
    return said


def description(page: Page, code: str, months: list[str]) -> str:
    """The end of a chart's text alternative."""
    last, said = at(page, code, page.month), ""
    months = [month for month in months if month in drawn(page, code)]
    if last.mean is not None:
        said += f" The expected range is {limits(page, code)}."
        said += f" {assured}." if (assured := assurance(page, code)) else ""
    kinds = real(page, code, months)
    if kinds:
        found = [
            f"{kind} in {when[0] if len(when) == 1 else f'{len(when)} months up to {when[-1]}'}"
            for kind, when in kinds.items()
        ]
        said += f" {title_of(last)}: {listed(found)}."
    for month, reason in begun(page, code, months):
        said += f" In {words(month)} the limits begin anew: {reason}."
    return said


def title_of(last: Judged) -> str:
    return "Real changes by estimates" if last.estimated else "Real changes"


def begun(page: Page, code: str, months: Iterable[str]) -> list[tuple[str, str]]:
    """The steps in these months."""
    return [
        (row["month"], row["reason"]) for row in page.council.steps
        if row["code"] == code and row["month"] in months
    ]  # fmt: skip


def code_of(place: str) -> str:
    """The indicator of a chart of each month by itself."""
    return (
        place.removeprefix("trend-")
        .removeprefix("exception-")
        .removesuffix("-months")
        .removesuffix("-chart")
    )


@sentence(rf".*, (?:{'|'.join(MONTHS)}) alone: .*", kind="title")
def _own_title(page: Page, place: str, _: object) -> str:
    code = code_of(place)
    found, form = at(page, code, page.month), page.council.indicators[code]["format"]
    row = supplied(page.council)[page.unit, code, page.month]
    value = own(row, form)
    mark = page.council.markers[row["provenance"]]
    said = figure(value, form, places_of(form, value, found)) + (f" [{mark}]" if mark else "")
    doubt = "by estimates, " if found.estimated else ""
    start = f"{page.council.called(code)}, {words(page.month).split()[0]} alone: {said}, {doubt}"
    meant = MEANT[found.variation].removeprefix("within ").split(",")[0]
    return fitting([start + meant, start + (found.variation or "ordinary")])


@sentence(r".*, each month by itself, .*", kind="subtitle")
def _own_subtitle(page: Page, place: str, found: re.Match[str]) -> str:
    code = code_of(place)
    months = drawn(page, code)
    rows = [supplied(page.council)[page.unit, code, month] for month in months]
    each = [page.council.markers[row["provenance"]] for row in rows]
    marks = dict.fromkeys(f"[{mark}]" for mark in each if mark)
    hollow = f". Hollow points: figures marked {' or '.join(marks)}" if marks else ""
    name = page.council.indicators[code]["name"]
    span = " to ".join(dict.fromkeys((words(months[0]), words(months[-1]))))
    end = subtitle(page, code, months)
    return f"{name}: {page.unit_name}, each month by itself, {span}{hollow}{end}"


@sentence(r"Line chart of \d+ months, each by itself\..*", kind="desc")
def _own_description(page: Page, place: str, _: object) -> str:
    code = code_of(place)
    months = drawn(page, code)
    assert len(months) >= LEAST
    return f"Line chart of {len(months)} months, each by itself.{description(page, code, months)}"


@sentence(r"(?P<kind>Concern|Improvement|High|Low): .*")
def _named(page: Page, _: str, found: re.Match[str]) -> str:
    names = [
        f"{page.council.indicators[code]['name']} ({code}), {_beside_mean(page, code, each)}"
        for code, each in own_of(page).items()
        if not each.estimated and WORDS.get(each.variation) == found["kind"]
    ]
    return f"{found['kind']}: {'; '.join(names)}"


def _beside_mean(page: Page, code: str, found: Judged) -> str:
    """A month's own result, and on which side of its mean it is, or which way it goes."""
    known = page.council.indicators[code]
    value = own(supplied(page.council)[page.unit, code, page.month], known["format"])
    places = places_of(known["format"], value, found)
    shown, mean = (figure(each, known["format"], places) for each in (value, found.mean))
    said = shown + ("" if known["data_period"] == "SS" else " in the month alone")
    if found.is_trend:
        return f"{said}, {'rising' if found.side > 0 else 'falling'} for six months or more"
    if shown == mean:
        return f"{said}, for seven months or more on one side of its mean of {mean}"
    return f"{said}, {'above' if found.side > 0 else 'below'} its mean of {mean}"
