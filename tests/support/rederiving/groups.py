"""The words above a table of an indicator's groups, written again from its cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from support.rederiving.writing import sentence

if TYPE_CHECKING:
    from bs4 import Tag

    from support.rederiving.pages import Page

GROUPS = re.compile(r"groups-(.+)-\d+")


def dimension(table: Tag) -> str:
    """What a table divides children by: the heading of its first column."""
    heading = table.find("th", scope="col").get_text()
    return heading[:1].lower() + heading[1:]


def _table(page: Page, by: str, code: str) -> Tag:
    """The table of an indicator's groups."""
    return next(
        table
        for name, table in page.tables.items()
        if (found := GROUPS.fullmatch(name)) and found[1] == code
        and dimension(table) == by
    )  # fmt: skip


def _code(page: Page, place: str) -> str:
    """The indicator whose panel a place is in: that of the last heading above it."""
    heading = page.by_id[place]
    if heading.name != "h3":
        heading = heading.find_previous("h3")
    return heading["id"].partition("-")[2]


@sentence(r"By (?P<dimension>[^,]*), not rated\. .*")
def _shown(page: Page, place: str, found: re.Match[str]) -> str:
    table = _table(page, found["dimension"], _code(page, place))
    seen = [page.seen(cell) for cell in table.select('[data-field="result"]')]
    known = [
        each for each in page.council._read("cohorts") if each["dimension"] == found["dimension"]
    ]
    add = "add up to all" if known[0]["exhaustive"] == "yes" else "need not add up to all"
    said = f"By {known[0]['dimension']}, not rated. The groups {add}."
    there = [each for each in seen if each.value is not None]
    top = max((each for each in there if each.value), key=lambda each: each.value, default=None)
    if top is None:
        return said
    marks = dict.fromkeys(m for each in there for m in each.marker.split(", ") if m)
    hollow = " or ".join(f"[{each}]" for each in marks)
    said += f" Bars are from 0 to {top.text}."
    return f"{said} Hollow bars: figures marked {hollow}." if hollow else said
