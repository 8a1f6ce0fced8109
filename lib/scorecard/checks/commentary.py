"""What the checks of commentary share: its sentences, and the months and figures that it names."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from scorecard.display import listed
from scorecard.months import NAMES, Month

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from scorecard.checks.material import Material

MONTH = rf"\b({'|'.join(NAMES)})\b(?: (\d{{4}}))?"
"""A month as a regular expression: its name, and its year if one follows."""

NUMBER = r"(?<![\d.,£])\d[\d,]*(?:\.\d+)?"
"""A number as a regular expression, with commas between thousands if it has any."""


def named(name: str, year: str | None, month: Month) -> Month:
    """The month that a text of `month` means by `name`: without a year, the latest of that name."""
    number = NAMES.index(name) + 1
    return Month(int(year) if year else month.year - (number > month.number), number)


def shows(figure: str, result: Decimal | None) -> bool:
    """Whether `figure`, the digits of a text, is `result` rounded to so many decimals."""
    places = len(figure.partition(".")[2])
    return result is not None and abs(Decimal(figure) - result) <= Decimal(5).scaleb(-places - 1)


def sentences(text: str) -> list[str]:
    """The sentences of a text in Markdown, without its emphasis."""
    plain = re.sub(r"[*_`]", "", text)
    found = re.split(r"(?<=[.!?;])\s+(?=[A-Z0-9“\"-])|\n\s*\n|\n(?=\s*[-*•])", plain)
    return [" ".join(each.split()) for each in found if each.strip()]


def quoted(words: Iterable[str]) -> str:
    """`“best”, “worst” and “lowest”`, each once."""
    return listed([f"“{each}”" for each in dict.fromkeys(words)])


def questions(
    material: Material, find: Callable[[str], Iterable[str]], then: str
) -> Iterator[dict[str, Any]]:
    """One row for each commentary of the month in which `find` finds words.

    The row quotes them, and `then` follows.
    """
    for each in material.ask("FROM texts"):
        if found := list(find(each["text"])):
            yield {
                "unit": each["unit"],
                "code": each["code"],
                "says": f"{each['path']} says {quoted(found)}{then}",
                "weight": len(found),
            }
