"""Commentary that gives a cause and no source.

title: Commentary with a cause and no source
group: catalogue
grade: look
rank: 60
remedy: Ask the lead officer how that is known, and say it: an audit, a count, a survey, a report.

It finds a sentence with "because of", "due to", "as a result of" and the like, where neither that
sentence nor the next names a source.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from scorecard.checks.commentary import questions, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.checks.material import Material

CAUSE = re.compile(
    r"\b(?:because|due to|owing to|as a (?:direct )?result of|thanks to|caused by|driven by"
    r"|attributed to|attributable to)\b",
    re.IGNORECASE,
)
SOURCE = re.compile(
    r"\b(?:audit(?:s|ed)?|survey(?:s|ed)?|analys[ie]s|according to|report(?:s|ed)?|inspections?"
    r"|(?:records?|data|figures) shows?|count(?:s|ed)?|sampl(?:es?|ed|ing)|case files?|source"
    r"|feedback)\b"
    r"|\]\(|\d%|\b\d[\d,]* (?:of|out of) \d",
    re.IGNORECASE,
)
"""The words for a source, a link, or a figure that shows a cause."""


def rows(material: Material) -> Iterator[dict[str, Any]]:
    """One row for each commentary with such a cause."""
    return questions(material, _causes, ". How is that known?")


def _causes(text: str) -> Iterator[str]:
    written = sentences(text)
    for one, following in zip_longest(written, written[1:], fillvalue=""):
        if (cause := CAUSE.search(one)) and not SOURCE.search(f"{one} {following}"):
            yield _about(cause.start(), one)


def _about(start: int, sentence: str) -> str:
    """The first seven words from the cause on."""
    return " ".join(sentence[start:].split()[:7]).rstrip(".,;")
