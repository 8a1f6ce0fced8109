"""Figures and codes as the text a reader sees; rounding was done in SQL, nothing is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Said(NamedTuple):
    """A code in the words of a page: the short sign, the full word, and what it means."""

    sign: str
    word: str
    meaning: str


RATINGS = {
    "green": Said("G", "Green", "the target is met"),
    "amber": Said("A", "Amber", "the target is missed, but the floor standard is kept"),
    "red": Said("R", "Red", "the floor standard, the pre-defined minimum, is not kept"),
    "not-rated": Said("Not rated", "Not rated", "no target is held for the month"),
}
AS_NEAR = "as-near"
"""What a reader sees of a T indicator's result that is as far from the target on the other side."""

DIRECTIONS = {
    "better": Said("↑", "better", "performance is better than it was then"),
    "worse": Said("↓", "worse", "performance is worse than it was then"),
    "same": Said("→", "the same", "performance is exactly the same as it was then"),
    AS_NEAR: Said("→", "as near the target", "the result is exactly as near the target as it was"),
}
POLARITIES = {
    "H": Said("H", "higher is better", "a higher figure is better"),
    "L": Said("L", "lower is better", "a lower figure is better"),
    "T": Said("T", "near the target is best", "a figure near the target is best"),
}
DATA_PERIODS = {
    "SS": Said("SS", "snapshot", "the position at the end of the reporting month"),
    "R12M": Said("R12M", "rolling 12 months", "the 12 months ending with the reporting month"),
    "YTD": Said("YTD", "year to date", "from April to the reporting month"),
    "R3M": Said("R3M", "rolling 3 months", "the 3 months ending with the reporting month"),
    "M": Said("M", "in the month", "counted in the reporting month"),
}
STATUSES = {
    "available": Said("", "available", "there is a result"),
    "not-available": Said(
        "Not available", "not available", "a month of the data period has no figures"
    ),
    "not-applicable": Said("Not applicable", "not applicable", "there were no cases to count"),
    "not-comparable": Said(
        "Not comparable",
        "not comparable",
        "the indicator is new, its definition changed, or its year to date began anew",
    ),
}
HOLLOW = Said(
    "○", "hollow point", "in a chart or a small trend, a figure with a marker such as [e]"
)
"""How a figure with a marker is drawn."""


def result(value: float | None, form: str, places: int | None = None) -> str:
    """A result already rounded, as a page prints it: `22.3%`, `363.7`, `35`.

    `form` is the catalogue's format; `places` defaults to one, and none for a count.
    """
    if value is None:
        return ""
    decimals = (0 if form == "count" else 1) if places is None else places
    return f"{value:.{decimals}f}{unit_sign(form)}"


def figure(value: float | None, places: int = 0) -> str:
    """A numerator or denominator with its indicator's usual decimals, no grouping: `404.3`."""
    return "" if value is None else f"{value:.{places}f}"


def threshold(value: float | None, form: str) -> str:
    """A target or floor: one decimal, or as many as it was set with; none for counts."""
    if value is None:
        return ""
    text = f"{value:.4f}".rstrip("0")
    decimals = len(text.partition(".")[2])
    least = 0 if form == "count" else 1
    return f"{value:.{max(decimals, least)}f}{unit_sign(form)}"


def variance(value: float | None, sign: int, form: str) -> str:
    """A difference with its sign, kept when it rounds to zero: `+17.4%`, `-0.0%`, `0.0%`."""
    if value is None:
        return ""
    marks = {1: "+", 0: "", -1: "-"}
    return marks[sign] + result(abs(value), form)


def change(value: float | None) -> str:
    """The change of a stock: `+53`, `-267`, `0`."""
    return "" if value is None else f"{value:+.0f}" if value else "0"


def signed(value: float, places: int = 0) -> str:
    """A difference in prose and in tables that compare: `+5`, `-3`, `no change`."""
    return f"{value:+.{places}f}" if round(value, places) else "no change"


def band(row: Mapping[str, Any]) -> tuple[Any, Any]:
    """The results below and above which a T indicator is Red; None where there can be none.

    A result is never below 0, and a percentage never above 100.
    """
    if row["target"] is None or row["amber_within"] is None:
        return None, None
    low, high = row["target"] - row["amber_within"], row["target"] + row["amber_within"]
    return low if low > 0 else None, None if row["format"] == "percent" and high >= 100 else high


def unit_sign(form: str) -> str:
    """What follows the digits of a result: the percent sign, or nothing."""
    return "%" if form == "percent" else ""


def listed(items: list[str], last: str = "and") -> str:
    """Words in a sentence: `a`, `a and b`, `a, b and c`; or with another word before the last."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"
