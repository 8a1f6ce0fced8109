"""A published page read back as figures, by the attributes that every page promises."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from bs4 import BeautifulSoup, Tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Set
    from pathlib import Path

NOT_THE_FIGURE = {*"visually-hidden rating unrated arrow marker expansion sup svg".split()}
"""Classes and elements of a cell that are no part of its figure."""


class Shown(NamedTuple):
    """What one cell shows: its text, and the rating and direction it is marked with."""

    text: str
    rating: str | None = None
    direction: str | None = None


@cache
def page(path: Path) -> BeautifulSoup:
    """A page, parsed once; a test that changes it takes a copy."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def table(page: Tag, name: str) -> Tag:
    """One table of a page by its name."""
    found = page.find("table", id=f"{name}-table")
    assert found, f"the page has no table `{name}`"
    return found


def rows(table: Tag) -> list[Tag]:
    """The table's rows of figures, in their order."""
    return table.select("tbody tr:not(.group)")


def figures(row: Tag) -> dict[str, Shown]:
    """The figures of a row by `data-field`."""
    return {cell["data-field"]: figure(cell) for cell in row.select("[data-field]")}


def figure(cell: Tag) -> Shown:
    """One cell as a reader sees it."""
    arrows = (each["data-direction"] for each in inside(cell) if each.get("data-direction"))
    text = "".join(texts(cell, NOT_THE_FIGURE)).strip()
    return Shown(text, cell.get("data-rating"), next(arrows, None))


def inside(tag: Tag) -> Iterator[Tag]:
    """All elements in an element; for a cell this is quicker than a selector."""
    return (each for each in tag.descendants if isinstance(each, Tag))


def texts(tag: Tag, unread: Set[str]) -> Iterator[str]:
    """The pieces of an element's text, without elements of the names or classes `unread`."""
    for part in tag.children:
        if isinstance(part, str):
            yield part
        elif unread.isdisjoint((part.name, *part.get("class", ()))):
            yield from texts(part, unread)


def differences(found: Mapping[str, Shown], expected: Mapping[str, Shown]) -> list[str]:
    """Where a row of the page departs from the paper, a line each."""
    return [
        f"{field}: the page has {found.get(field)}, the paper {figure}"
        for field, figure in expected.items()
        if found.get(field) != figure
    ]
