"""Commentary whose dates don't fit the reporting month.

title: Commentary with dates that don't fit the month
group: catalogue
grade: look
rank: 58
remedy: Ask the lead officer which month is meant; a text of last month is easily sent again.

It finds a day that doesn't exist, such as 31 June; a figure of a month after the reporting month;
and a data period ("the 12 months to July", "at the end of July") in a text in which no data period
ends with the reporting month.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scorecard.checks.commentary import MONTH, NUMBER, named, questions, sentences
from scorecard.months import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.checks.material import Material
    from scorecard.months import Month

DAY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? {MONTH}")
MOST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""The days of each month, in a leap year."""
TO_COME = re.compile(rf"{NUMBER}%? (?:in|at the end of) {MONTH}")
PERIOD = re.compile(
    rf"\b(?:months (?:to|ending|up to)|year (?:to|ending)|end of|as at|to the end of)"
    rf"(?: \d{{1,2}}(?:st|nd|rd|th)?)? {MONTH}"
)


def rows(material: Material) -> Iterator[dict[str, Any]]:
    """One row for each commentary with such dates."""

    def find(text: str) -> Iterator[str]:
        return _wrong("\n".join(sentences(text)), material.month)

    return questions(material, find, f" in {material.month.words}.")


def _wrong(text: str, month: Month) -> Iterator[str]:
    """The words that don't fit."""
    for found in DAY.finditer(text):
        if not 1 <= int(found[1]) <= MOST[NAMES.index(found[2])]:
            yield found[0]
    for found in TO_COME.finditer(text):
        if found[2] and named(found[1], found[2], month) > month:
            yield found[0]
    ends = [(found[0], named(found[1], found[2], month)) for found in PERIOD.finditer(text)]
    if ends and month not in [end for _, end in ends]:
        yield max(ends, key=lambda each: each[1])[0]
