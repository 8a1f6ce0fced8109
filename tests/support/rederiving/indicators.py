"""What is said of one indicator: target, last month, and a figure near a threshold."""

from __future__ import annotations

import re
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from support.rederiving.lasting import lasting, movement, rated_since
from support.rederiving.outlook import cases_to_red, noun
from support.rederiving.pages import FIGURE, SAID
from support.rederiving.variation import not_judged
from support.rederiving.writing import KINDS, compared, rounded, sentence, since, threshold

if TYPE_CHECKING:
    from support.rederiving.pages import Page
    from support.rederiving.texts import Claim


def against(page: Page, code: str) -> str:
    """A result held against its target, and what it was in the previous report."""
    row, known = page.own[code], page.council.indicators[code]
    now, target = row["result"], page.council.held(code, page.month).get("target")
    if now.value is None:
        reasons = {
            "Not available": (
                "a month of the data period has no figures, or has them by an earlier definition"
            ),
            "Not applicable": "there were no cases to count",
        }
        return f"There is no result: {reasons[now.text]}."
    if not target:
        return f"{now.figure}; there is no target.{_previous(page, code)}"
    held = row["target"].text if "target" in row else threshold(target, known["format"])
    said = f"{now.figure} against a target of {held}"
    if known["format"] == "percent" and known["polarity"] != "T":
        num, denom = row["num"].value, row["denom"].value
        needed = Fraction(target) * denom / 100
        higher = known["polarity"] == "H"
        cases = max(0, ceil(needed) - num if higher else num - floor(needed))
        if cases and num.denominator == 1 and _whole(page, code):
            said += f"; {_needed(page, code, cases, higher=higher)}"
    return f"{said}.{_previous(page, code)}"


def _whole(page: Page, code: str) -> bool:
    """Whether an indicator counts cases, which are whole: posts have a decimal somewhere."""
    texts = [row["num"].text for (_, each), row in page.results.items() if each == code]
    return not any("." in each for each in texts)


def _needed(page: Page, code: str, cases: Fraction, *, higher: bool) -> str:
    denom, whole = page.own[code]["denom"].value, page.own[code]["denom"].text
    if denom == 1:
        one = noun(page, code, denom) or " case"
        return f"there is only one{one}, and the target {'needs it' if higher else 'allows none'}"
    if cases == denom:
        every = f"{whole}{noun(page, code, denom)}"
        return (
            f"all {every} would be needed to meet it"
            if higher
            else f"it allows none of the {every}"
        )
    more = f"{cases} {'more' if higher else 'fewer'}"
    return f"with {more} of the {whole}{noun(page, code, denom)} it would be met"


def _previous(page: Page, code: str) -> str:
    """What it was in the previous report, and for how long it moves one way."""
    rating, found = page.own[code]["result"].rating, lasting(page, page.unit, code)
    said = _beside_previous(page, code)
    if rating not in ("red", "amber"):
        return said
    moving, rated = (
        movement(page, code, found, page.own[code]["result"]),
        rated_since(rating, found),
    )
    direction = since(page, code)
    covers = found.start and found.start.month <= page.previous
    if covers and direction not in ("", found.way):
        moving = ""
    if moving and covers and direction == found.way == "same":
        said = ""
    return said + "".join(f" {each[:1].upper()}{each[1:]}." for each in (moving, rated) if each)


def _beside_previous(page: Page, code: str) -> str:
    direction, before = since(page, code), page.before(code)
    if not direction:
        return ""
    if direction == "same":
        mark = f" [{before.marker}]" if before.marker else ""
        figure = page.own[code]["result"].text + mark
        if page.last != "last month":
            return f" It was {figure} {page.in_last} too."
        return f" It has remained at {figure} since last month."
    near = page.council.indicators[code]["polarity"] == "T"
    than = {
        "better": "nearer the target than" if near else "better than",
        "worse": "further from the target than" if near else "worse than",
        "near": "as near the target as",
    }
    return f" This is {than[direction]} {page.in_last} ({before.figure})."


@sentence(r"Red (?P<name>.*) \((?P<code>[^()]+)\): (?P<said>.*)")
def _attention(page: Page, _: str, found: re.Match[str]) -> str:
    code = found["code"]
    name = page.council.indicators[code]["name"]
    is_red = page.own[code]["result"].rating == "red"
    return f"Red {name} ({code}): {against(page, code)}" if is_red else "not Red"


@sentence(r"Amber (?P<name>.*) \((?P<code>[^()]+)\): .* it would be Red\.")
def _near_red_card(page: Page, _: str, found: re.Match[str]) -> str:
    code = found["code"]
    name = page.council.indicators[code]["name"]
    cases = cases_to_red(page, code)
    return f"Amber {name} ({code}): {against(page, code)} With {cases} it would be Red."


@sentence(rf"{FIGURE}(?: against a target of|; there is no target).*", "There is no result: .*")
def _against(page: Page, place: str, _: object) -> str:
    return against(page, re.fullmatch(r"(?:indicator|exception)-(.+)", place)[1])


WHICH = {
    "result": "",
    "r3m": ", rolling 3 months",
    "including_result": ", including UASC",
    "excluding_result": ", excluding UASC",
}
"""A column of rated results → which of an indicator's results a note calls it."""


def _near_threshold(page: Page, claim: Claim) -> str:
    """A note on a result that rounds onto a threshold, from the counts of the result."""
    table = claim.place.rpartition("-note-")[0]
    cell = page.tables[table].find("a", href=f"#{claim.place}").find_parent(["td", "th"])
    row, field = cell.find_parent("tr"), cell["data-field"]
    if field == "variation":
        return compared(claim, not_judged(page, claim.place))
    unit, code = row["data-unit"], row.get("data-code") or table.removeprefix("areas-")
    which = WHICH.get(field) or (f", {page.council.unit_names[unit]}" if "areas-" in table else "")
    if field == "other_result":
        name = page.council.indicators[code]["name"]
        which = claim.text.removeprefix(name).partition(": ")[0]
        unit = page.council.units[which.removeprefix(", ")]
    percent = "%" if page.council.indicators[code]["format"] == "percent" else ""
    seen = page.seen(cell)
    places = len(seen.text.rstrip("%").partition(".")[2])
    value = page.exact(unit, code, field)
    if value is None:  # no table has the counts of the last three months
        value = seen.value
    shown = rounded(value, 0 if page.council.indicators[code]["format"] == "count" else 1)
    decimals = f"{places} decimal{'' if places == 1 else 's'}"
    return compared(
        claim,
        f"{page.council.indicators[code]['name']}{which}: {shown}{percent} is "
        f"{rounded(value, places)}{percent} to {decimals}. The rating is given on the exact "
        f"result, which is {SAID[seen.rating]}.",
    )


KINDS["explanation"] = _near_threshold
