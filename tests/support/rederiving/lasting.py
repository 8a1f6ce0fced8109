"""For how long results move one way and have their rating, from the pages of the months before."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from support.rederiving.pages import SAID, WORST_FIRST, financial_year, key, words
from support.rederiving.writing import rounded

if TYPE_CHECKING:
    from support.rederiving.pages import Page, Seen

LEAST = 3
NTH = {
    3: "third", 4: "fourth", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth",
    10: "tenth", 11: "eleventh", 12: "twelfth", 13: "thirteenth", 14: "fourteenth",
    15: "fifteenth", 16: "sixteenth", 17: "seventeenth", 18: "eighteenth", 19: "nineteenth",
    20: "twentieth",
}  # fmt: skip


class Past(NamedTuple):
    """A result that a page showed: its month, and its figure with the usual decimals."""

    month: str
    seen: Seen
    shown: str
    doubtful: bool


def series(page: Page, unit: str, code: str) -> list[Past]:
    """The results of the months in a row up to the page's, the latest first."""
    places = 0 if page.council.indicators[code]["format"] == "count" else 1
    found: list[Past] = []
    while True:
        month = key(page.month, len(found))
        seen = page.council.result(unit, code, month, page.month)
        if seen is None:
            return found
        exact = page.council.exact[unit, code, month]
        shown = rounded(seen.value if exact is None else exact, places)
        if page.council.rows[unit, code, month]["num"].text == "-":  # supplied finished
            shown = seen.text.rstrip("%")
        found.append(Past(month, seen, shown, page.council.doubtful[unit, code, month]))


def moved(page: Page, code: str, now: Past, before: Past) -> str:
    """How a figure compares with the month before, as both are displayed; empty where it can't."""
    known = page.council.indicators[code]
    years = {financial_year(each.month) for each in (now, before)}
    if known["data_period"] == "YTD" and len(years) > 1:
        return ""
    if now.shown == before.shown:
        return "same"
    after, was = Fraction(now.shown), Fraction(before.shown)
    if known["polarity"] == "T":
        target = page.council.held(code, page.month).get("target")
        if not target:
            return ""
        after, was = -abs(after - Fraction(target)), -abs(was - Fraction(target))
    elif known["polarity"] == "L":
        after, was = -after, -was
    return "" if after == was else "better" if after > was else "worse"


class Lasting(NamedTuple):
    """What is known of a streak: which way, for how many months, from which figure, rated since."""

    way: str
    months: int
    start: Past | None
    rated_since: str


def lasting(page: Page, unit: str, code: str) -> Lasting:
    """The streak of a result; nothing of it rests on estimates."""
    past = series(page, unit, code)
    ways = [moved(page, code, *pair) for pair in pairwise(past)]
    way = ways[0] if ways else ""
    months = next((at for at, each in enumerate(ways) if each != way), len(ways)) if way else 0
    ratings = [each.seen.rating for each in past]
    alike = next((at for at, each in enumerate(ratings) if each != ratings[0]), len(ratings))
    resting = past[: max(1, alike, months + 1 if months else 0)]
    if any(each.doubtful for each in resting):
        return Lasting("", 0, None, "")
    is_known = ratings[alike:] and ratings[alike] in WORST_FIRST and alike > 1
    is_known = is_known and not past[alike].doubtful
    start = past[months] if months >= LEAST else None
    return Lasting(way, months, start, past[alike - 1].month if is_known else "")


def start_of(page: Page, month: str) -> str:
    """An earlier month, as a sentence names it."""
    name, year = words(month).split()
    return name if page.month.startswith(year) else f"{name} {year}"


def movement(page: Page, code: str, found: Lasting, now: Seen) -> str:
    """`improving for the third month in a row, from 31.5% in May`; empty without a streak."""
    more_decimals = (
        found.way == "same" and found.start and now.text.rstrip("%") != found.start.shown
    )
    if not found.start or more_decimals:
        return ""
    known = page.council.indicators[code]
    percent = "%" if known["format"] == "percent" else ""
    was, start = f"{found.start.shown}{percent}", start_of(page, found.start.month)
    if found.way == "same":
        return f"unchanged at {was} for {found.months} months, since {start}"
    how = {"better": "improving", "worse": "getting worse"}
    if known["polarity"] == "T":
        how = {"better": "coming nearer the target", "worse": "moving further from the target"}
    nth = f"{found.months} months"
    if found.months in NTH:
        nth = f"the {NTH[found.months]} month"
    return f"{how[found.way]} for {nth} in a row, from {was} in {start}"


def rated_since(rating: str, found: Lasting) -> str:
    """`Red since May 2016`; empty where it may be older."""
    return f"{SAID[rating]} since {words(found.rated_since)}" if found.rated_since else ""
