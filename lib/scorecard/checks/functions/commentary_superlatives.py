"""Commentary with superlatives that figures can't support.

title: Commentary with superlatives
group: catalogue
grade: look
rank: 59
remedy: Ask the lead officer compared with whom and since when, and say it; or leave it out.

"The best result ever", "record", "the lowest in the region" and the like. "Best interests", "best
practice" and "at best" are not counted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scorecard.checks.commentary import questions, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.checks.material import Material

SUPERLATIVE = re.compile(
    r"\b(?:best|worst|highest|lowest|first)(?: \w+)? ever\b|\bever recorded\b"
    r"|\bthe (?:very )?(?:best|worst|highest|lowest|strongest|weakest)\b"
    r"(?! (?:\w+ ever|ever|interests?|practice|value|possible|available|start|outcomes?)\b)"
    r"|\ba record (?:high|low|number|result)\b"
    r"|\b(?:unprecedented|unrivalled|second to none|world[- ]class)\b"
    r"|\b(?:outstanding|exceptional|excellent) (?:results?|performance|work|progress)\b",
    re.IGNORECASE,
)


def rows(material: Material) -> Iterator[dict[str, Any]]:
    """One row for each commentary with superlatives."""
    return questions(material, _superlatives, ". Compared with what?")


def _superlatives(text: str) -> list[str]:
    return [word for one in sentences(text) for word in SUPERLATIVE.findall(one)]
