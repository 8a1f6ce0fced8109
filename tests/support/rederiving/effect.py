"""What is said of results with and without UASC."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from support.rederiving.pages import WHEN, WORST_FIRST, words
from support.rederiving.texts import Claim
from support.rederiving.writing import change, fault, in_words, named, read, sentence

if TYPE_CHECKING:
    import re

    from support.rederiving.pages import Page


def beside(page: Page, unit: str, code: str) -> str:
    """How the result without UASC compares with the one with them; empty where it can't."""
    row, known = page.impacts[unit, code], page.council.indicators[code]
    was, now = (page.exact(unit, code, f"{cohort}_result") for cohort in ("including", "excluding"))
    if was is None or now is None:
        return ""
    if known["polarity"] == "T":
        target = Fraction(page.council.held(code, page.month)["target"])
        was, now = -abs(was - target), -abs(now - target)
    elif known["polarity"] == "L":
        was, now = -was, -now
    arrow = "same" if was == now else "better" if now > was else "worse"
    target = page.council.held(code, page.month).get("target")
    return read(known["polarity"], Fraction(target) if target else None, arrow,
                row["including_result"], row["excluding_result"])  # fmt: skip


NO_RESULT = "No result can be compared with one that leaves UASC out."
NO_RATING = "No rating can be compared with one that leaves UASC out."


@sentence(
    rf"(?P<first>(?:Leaving UASC out|\d+ of \d+ indicators|{NO_RESULT}).*?\."
    r"(?: \d+ results? looks? the same but .*?\.)?) "
    rf"(?P<then>(?:\d+ (?:of|rating)|No rating).*)"
)
def _uasc_headline(page: Page, place: str, found: re.Match[str]) -> str:
    """Both sentences of the summary, as the index has them."""
    said = [fault(page, Claim(each, "text", "")) for each in found.groups()]
    return " ".join(each for each in said if each) or found[0]


@sentence(
    r"Leaving UASC out, (?:\d+ results?|both results|all \d+ results|the one result) .*",
    r"\d+ of \d+ indicators can be compared: .*",
    NO_RESULT,
)
def _uasc_summary(page: Page, _: str, __: object) -> str:
    rows = [code for unit, code in page.impacts if unit == page.unit]
    found = [each for code in rows if (each := beside(page, page.unit, code))]
    if not found:
        return NO_RESULT
    if len(found) == len(rows):
        said = f"Leaving UASC out, {in_words(named(found), 'result', 'results')}."
        return said + before_rounding(page)
    part = f"{len(found)} of {len(rows)} indicators can be compared"
    return f"{part}: leaving UASC out, {in_words(named(found))}.{before_rounding(page)}"


def before_rounding(page: Page) -> str:
    """How many results look the same though they have a variance."""
    number = sum(
        beside(page, unit, code) == "same" and row["variance"].text[:1] in "+-"
        for (unit, code), row in page.impacts.items() if unit == page.unit
    )  # fmt: skip
    if not number:
        return ""
    looks = (
        "result looks the same but differs" if number == 1 else "results look the same but differ"
    )
    return f" {number} {looks} before rounding."


@sentence(
    r"\d+ ratings? changes?[,:].*",
    "No rating changes.",
    NO_RATING,
    r"\d+ of \d+ ratings can be compared; .*",
)
def _uasc_change_count(page: Page, place: str, _: object) -> str:
    areas = place.endswith("-table")  # the summary is above every table
    pairs = [
        (row["including_result"].rating, row["excluding_result"].rating)
        for (unit, _), row in page.impacts.items() if (unit != page.unit) == areas
    ]  # fmt: skip
    rated = [pair for pair in pairs if {*pair} & {*WORST_FIRST}]
    both = [pair for pair in rated if {*pair} <= {*WORST_FIRST}]
    number, how = change(both)
    verb = "changes" if number == 1 else "change"
    if not both:
        return NO_RATING
    if len(both) < len(rated):
        part = f"{len(both)} of {len(rated)} ratings can be compared"
        if len(both) == 1:
            return f"{part}; it {'changes' if number else 'does not change'}{how}."
        return f"{part}; of these {number or 'none'} {verb}{how}."
    return (
        f"{number} {'rating' if number == 1 else 'ratings'} {verb}{how}."
        if number
        else ("No rating changes.")
    )


@sentence("Leaving UASC out, (?:.*percentage|“).*", kind="title")
def _uasc_title(page: Page, _: str, __: object) -> str:
    how, differences = _effects(page)
    if len(how) == 1:
        ((code, said),) = how.items()
        name = page.council.called(code)
        points_apart = f"{differences[code].lstrip('+-')} percentage points " if differences else ""
        return f"Leaving UASC out, “{name}” is {points_apart}{said}"
    count = Counter(how.values())
    kinds = {each: count[each] for each in ("higher", "lower", "the same")}
    return f"Leaving UASC out, {in_words(kinds, 'percentage', 'percentages')}"


def _effects(page: Page) -> tuple[dict[str, str], dict[str, str]]:
    """How each percentage of the chart looks without UASC, and the variance where it differs."""
    rows = {code: row for (_, code, _), row in page.rows("uasc-effect-data").items()}
    how = {
        code: "the same"
        if row["including_result"].value == row["excluding_result"].value
        else ("higher" if row["variance"].text.startswith("+") else "lower")
        for code, row in rows.items()
    }
    return how, {
        code: row["variance"].text.rstrip("%")
        for code, row in rows.items()
        if how[code] != "the same"
    }


@sentence(
    rf"Percentages including and excluding UASC, .*, {WHEN}(?:\. .* percentage points)?",
    kind="subtitle",
)
def _uasc_subtitle(page: Page, _: str, __: object) -> str:
    how, differences = _effects(page)
    said = f"Percentages including and excluding UASC, {page.unit_name}, {words(page.month)}"
    order = sorted({*differences.values()}, key=lambda each: (Fraction(each), each != "-0.0"))
    if not order or len(how) == 1:
        return said
    if len(order) > 1:
        return f"{said}. The differences run from {order[0]} to {order[-1]} percentage points"
    each = "The" if len(differences) == 1 else "Each"
    return f"{said}. {each} difference is {order[0]} percentage points"


@sentence("Two points for .*", kind="desc")
def _uasc_description(page: Page, _: str, __: object) -> str:
    rows = page.rows("uasc-effect-data")
    whose = f"each of {len(rows)} indicators" if len(rows) > 1 else "one indicator"
    said = [
        f"Indicator {code}: {row['including_result'].figure} including, "
        f"{row['excluding_result'].figure} excluding, "
        f"difference {row['variance'].figure.replace('%', '')}."
        for (_, code, _), row in rows.items()
    ]
    how = "Differences are in percentage points."
    return f"Two points for {whose}, joined. {how} {' '.join(said)}"
