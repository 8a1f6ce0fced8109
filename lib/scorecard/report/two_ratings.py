"""Two ratings of each record, as of two months, and the words that compare them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.display import RATED, listed
from scorecard.report.counting import part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.report.cell import Record


def comparable(
    compared: Sequence[Record],
    rows: Sequence[Record],
    places: tuple[str, str],
    many: str,
    then: str = "",
    of: str = "",
) -> str:
    """How many ratings can be compared: `14 of 24 ratings can be compared`; empty if all can.

    All are those of `rows` with a rating in one of two `places` or in both. Where a rating is
    withheld, they are the `rows` themselves, which are `many` with `of`: else a reader could tell
    how many are withheld.
    """
    if any(row[place].withheld() for row in rows for place in places):
        have = "has a rating" if len(compared) == 1 else "have ratings"
        return f"Of {len(rows)} {many}{of}, {len(compared)} {have} that can be compared{then}"
    rated = [row for row in rows if {row[place].rating for place in places} & {*RATED}]
    return part(compared, rated, f"ratings{of}", then) if len(compared) < len(rated) else ""


def rated_twice(rows: Sequence[Record], before: str, after: str) -> list[Record]:
    """The records with two ratings, which can be compared."""
    return [row for row in rows if {row[before].rating, row[after].rating} <= {*RATED}]


def differing(rows: Sequence[Record], before: str, after: str) -> list[Record]:
    """The records with two ratings that are not the same."""
    rated = rated_twice(rows, before, after)
    return [row for row in rated if row[before].rating != row[after].rating]


def which_way(
    changed: Sequence[Record], before: str, after: str, because_of_targets: int = 0
) -> str:
    """The end of a sentence on changed ratings; nothing where none changed.

    Those that changed because their targets did are not part of `changed`, and are counted apart.
    """
    up = sum(RATED.index(row[after].rating) > RATED.index(row[before].rating) for row in changed)
    one = because_of_targets == 1
    cause = "its target or floor standard" if one else "their targets or floor standards"
    found = {
        "for the better": up,
        "for the worse": len(changed) - up,
        f"because {cause} changed": because_of_targets,
    }
    kinds = {words: number for words, number in found.items() if number}
    if len(kinds) > 1:
        return ": " + listed([f"{number} {words}" for words, number in kinds.items()])
    for words, number in kinds.items():
        return f", {({1: '', 2: 'both '}).get(number, 'all ')}{words}"
    return ""
