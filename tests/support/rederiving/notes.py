"""Data notes, and whether a banding says what earns its rating."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from support.rederiving.pages import PERIODS, RATINGS
from support.rederiving.writing import KINDS, compared, threshold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from support.rederiving.pages import Page
    from support.rederiving.texts import Claim

BANDS: dict[str, Callable[..., bool]] = {
    "(?P<a>{n}) and above": lambda v, a, _: v >= a,
    "(?P<a>{n}) and below": lambda v, a, _: v <= a,
    "below (?P<a>{n})": lambda v, a, _: v < a,
    "above (?P<a>{n})": lambda v, a, _: v > a,
    "(?P<a>{n}) to below (?P<b>{n})": lambda v, a, b: a <= v < b,
    "above (?P<a>{n}) and below (?P<b>{n})": lambda v, a, b: a < v < b,
    "(?P<a>{n})": lambda v, a, _: v == a,
    "within (?P<a>{n})(?: percentage points?)? of (?P<b>{n})": lambda v, a, b: abs(v - b) <= a,
    "more than (?P<a>{n})(?: percentage points?)? from (?P<b>{n})": lambda v, a, b: abs(v - b) > a,
    "more than (?P<a>{n}) and up to (?P<c>{n})(?: percentage points?)? from (?P<b>{n})": (
        lambda v, a, b, c: a < abs(v - b) <= c
    ),
}
"""What a banding says → whether a result lies in it."""


def rating(known: Mapping[str, str], held: Mapping[str, str], value: Fraction) -> str:
    """The rating of a result, by the rules."""
    target = Fraction(held["target"])
    if known["polarity"] == "T":
        green, amber = Fraction(held["green_within"]), Fraction(held["amber_within"])
        far = abs(value - target)
        return "green" if far <= green else "amber" if far <= amber else "red"
    least = Fraction(held["floor"])
    if known["polarity"] == "H":
        return "green" if value >= target else "red" if value < least else "amber"
    return "green" if value <= target else "red" if value >= least else "amber"


def grid(known: Mapping[str, str], held: Mapping[str, str]) -> list[Fraction]:
    """Results on, just below and just above everything that a rating turns on."""
    near = [Fraction(held[each] or 0) for each in ("green_within", "amber_within")]
    target = Fraction(held["target"])
    ends = [
        target,
        Fraction(held["floor"] or 0),
        *(target + side * d for d in near for side in (1, -1)),
    ]
    step = 1 if known["format"] == "count" else Fraction(1, 10000)
    greatest = 100 if known["format"] == "percent" else 10**6
    found = {0, greatest, *(end + side * step for end in ends for side in (-1, 0, 1))}
    return sorted(each for each in found if 0 <= each <= greatest)


def _data_note(page: Page, claim: Claim) -> str:
    """A line of an indicator's data notes."""
    code, term = claim.place.split("/")
    known, held = page.council.indicators[code], page.council.held(code, page.month)
    if term in RATINGS.values():
        return _banding(known, held, term, claim.text)
    polarity = {"H": "A higher figure is better (H).", "L": "A lower figure is better (L).",
                "T": "A figure near the target is best (T)."}  # fmt: skip
    period, target = known["data_period"], held.get("target")
    expected = {
        "What it counts": known["definition"],
        "Source": known["data_source"],
        "Note": held.get("note"),
        "Which way is better": polarity[known["polarity"]],
        "Target": threshold(target, known["format"]) if target else None,
        "Data period": f"{period}, {PERIODS[period]}: {MEANING[period]}.",
    }
    return compared(claim, expected[term])


def _banding(known: Mapping[str, str], held: Mapping[str, str], code: str, text: str) -> str:
    """Whether what a banding says earns its rating, and nothing else does."""
    for pattern, lies_in in BANDS.items():
        found = re.fullmatch(pattern.replace("{n}", r"\d+(?:\.\d+)?%?"), text)
        if found:
            ends = {name: Fraction(end.rstrip("%")) for name, end in found.groupdict().items()}
            given = [ends["a"], ends.get("b"), *([ends["c"]] if "c" in ends else [])]
            wrong = [
                each for each in grid(known, held)
                if lies_in(each, *given) != (rating(known, held, each) == code)
            ]  # fmt: skip
            return f"`{text}` is not {code} for {float(wrong[0])}" if wrong else ""
    return f"`{text}` is no banding"


KINDS["note"] = _data_note

MEANING = {
    "SS": "the position at the end of the reporting month",
    "R12M": "the 12 months ending with the reporting month",
    "YTD": "from April to the reporting month",
    "M": "counted in the reporting month",
}
