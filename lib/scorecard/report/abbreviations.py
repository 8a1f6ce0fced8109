"""Abbreviations explained where a reader first meets them: once in each list.

A page keeps the first explanation of each (`pages/layout.py`). Tables have none: a reader of one
has the glossary.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scorecard.params.wording import Term
    from scorecard.report.cell import Record


def explained(rows: Sequence[Record], glossary: Iterable[Term]) -> list[Record]:
    """`rows` with `name_first_uses`: the abbreviations that their names use for the first time.

    Each is `(abbreviation, term)`; plurals and possessives count as the abbreviation.
    """
    unseen = [(short, term.term) for term in glossary for short in term.abbreviations]
    found: list[Record] = []
    for row in rows:
        here = [(short, term) for short, term in unseen if _uses(row["name"], short)]
        unseen = [each for each in unseen if each not in here]
        found.append({**row, "name_first_uses": here})
    return found


def _uses(text: str, short: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(short)}(?:'?s)?(?!\w)", text))
