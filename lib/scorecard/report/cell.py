"""One cell of a table we publish, and the record that it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from scorecard.months import Month

Record = Mapping[str, Any]
"""One row of the store's answer, by the names of its columns."""
EMPTY = Markup()


@dataclass(frozen=True)
class Cell:
    """What one cell shows.

    `rating`, `direction` and `variation` are codes of `display`; `note` is what a note below the
    table says of it, where equal notes are one; `marker` says what kind of figure it is, such as
    `e` for an estimate, and `marked` is that which a heading says of it; `hidden` is for a screen
    reader only, and `aloud` what it says instead of the text; `html` follows the text as it is;
    `to` is where it links to (`pages/links.py`).
    """

    text: str = ""
    rating: str | None = None
    direction: str | None = None
    variation: str | None = None
    note: str = ""
    hidden: str = ""
    aloud: str = ""
    html: Markup = EMPTY
    marker: str = ""
    marked: str = ""
    quiet: bool = False
    to: str = ""


def with_month(row: Record) -> dict[str, Any]:
    """A record of a month with that as text: `2016-08`, `August 2016`, `Aug 2016`."""
    month = Month.of(row["month"])
    return {**row, "month": str(month), "month_words": month.words, "month_short": month.short}
