"""Commentary that claims a change where the signal shows none, or the opposite one.

title: Commentary that a signal contradicts
group: catalogue
grade: look
rank: 61
remedy: Ask the lead officer to say what the signal shows, such as "within ordinary variation".

It finds a text that only speaks of better results, or only of worse ones, though the indicator's
process behaviour chart shows ordinary variation or the opposite (`signals`). It ignores limits that
rest on estimates.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scorecard.checks.commentary import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.checks.material import Material

NOT = r"(?<!not )(?<!n['\u2019]t )(?<!to )(?<!be )"
BETTER = re.compile(rf"\b{NOT}(?:improved|improving|(?:is|are|got|become) better)\b", re.IGNORECASE)
WORSE = re.compile(
    rf"\b{NOT}(?:worsened|worsening|deteriorated|deteriorating|(?:is|are|got|become) worse)\b",
    re.IGNORECASE,
)
SHOWN = {
    "improvement": "an improvement",
    "concern": "a concern",
    "ordinary": "ordinary variation",
}
SIGNALS = """
SELECT code, variation FROM signals($unit, strftime(getvariable('this_month'), '%Y-%m'))
WHERE status = 'available' AND NOT estimated
"""


def rows(material: Material) -> Iterator[dict[str, Any]]:
    """One row for each commentary that a signal contradicts."""
    written = material.ask("FROM exceptions WHERE text IS NOT NULL")
    for unit in dict.fromkeys(each["unit"] for each in written):
        signals = {row["code"]: row["variation"] for row in material.ask(SIGNALS, unit=unit)}
        for each in written:
            shown = signals.get(each["code"])
            claim = _claim(each["text"]) if each["unit"] == unit else None
            if claim and shown in SHOWN and claim[0] != shown:
                yield {
                    "unit": unit,
                    "code": each["code"],
                    "says": f"{each['path']} says “{claim[1]}”, but its monthly results show "
                    f"{SHOWN[shown]}.",
                }


def _claim(text: str) -> tuple[str, str] | None:
    """The signal that a text claims, and its word for it; None if it claims both or neither."""
    plain = " ".join(sentences(text))
    better, worse = BETTER.search(plain), WORSE.search(plain)
    if bool(better) == bool(worse):
        return None
    if better:
        return "improvement", better[0]
    return ("concern", worse[0]) if worse else None
