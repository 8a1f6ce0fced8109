"""Commentary that was written for an earlier month.

title: Commentary repeated from an earlier month
group: catalogue
grade: look
rank: 56
remedy: Ask the lead officer what is new; a committee notices a text that it has read before.

Nine tenths of its words are in the same order in the commentary of one of the twelve months
before.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from scorecard.months import Month

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.checks.material import Material

ALIKE = 0.9
EARLIER = """
SELECT month, text FROM commentary
WHERE code = $name AND month < getvariable('this_month')
  AND month >= year_before(getvariable('this_month'))
ORDER BY month DESC
"""


def rows(material: Material) -> Iterator[dict[str, Any]]:
    """One row for each commentary that was seen before, with the last month it was seen in."""
    for each in material.ask("FROM texts"):
        words = _words(each["text"])
        for before in material.ask(EARLIER, name=each["name"]):
            alike = SequenceMatcher(None, words, _words(before["text"]), autojunk=False).ratio()
            if alike >= ALIKE:
                how = "word for word what" if alike == 1 else f"{alike:.0%} of what"
                yield {
                    "unit": each["unit"],
                    "code": each["code"],
                    "says": f"{each['path']} repeats {how} was written for "
                    f"{Month.of(before['month']).words}.",
                    "weight": alike,
                }
                break


def _words(text: str) -> list[str]:
    return re.findall(r"[\w%.,]*\w%?", text.lower())
