"""Commentary that counts a few children, in a workbook that withholds small numbers.

title: Commentary with a small number of children
group: catalogue
grade: look
rank: 55
remedy: Ask whether anybody could recognise them, or write "a few" instead.

Only where `params/disclosure.yml` withholds small numbers. "Two children", "3 young people" and the
like count up to the threshold, in figures or in words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scorecard.params.disclosure import profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.checks.material import Material

WORDS = "one two three four five six seven eight nine ten".split()
WHO = r"child|children|young (?:person|people)|care leavers?|cases?|siblings?|bab(?:y|ies)"
COUNTED = re.compile(rf"\b({'|'.join(WORDS)}|\d{{1,3}}) (?:[\w-]+ )?(?:{WHO})\b", re.IGNORECASE)


def rows(material: Material) -> Iterator[dict[str, Any]]:
    """One row for each commentary that counts a few children."""
    known = profile(material.workbook)
    for each in material.ask("FROM texts") if known else ():
        quoted = [
            found[0]
            for found in COUNTED.finditer(each["text"])
            if known and 0 < _number(found[1]) <= known.threshold
        ]
        if quoted:
            words = " and ".join(f"“{one}”" for one in dict.fromkeys(quoted))
            yield {
                "unit": each["unit"],
                "code": each["code"],
                "says": f"{each['path']} says {words}.",
                "weight": len(quoted),
            }


def _number(text: str) -> int:
    return WORDS.index(text.lower()) + 1 if text.lower() in WORDS else int(text)
