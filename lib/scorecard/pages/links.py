"""Links of a page to its own parts and to the other pages of its pack; no link is dead.

A fragment doesn't know which pages the pack will have. `data-to` of an `<a>` names a place, and the
link gets an address only if that place exists:

================= ================================================================================
`17`              the report on indicator 17: on the page itself, else on another page,
                  else its row on the first page that has one
`#indicator-17`   the part with that id: on the page itself, else on the first page that has it
`17@north-kent`   indicator 17 on the first page of that unit, if it isn't the page itself
`17/`             the report on indicator 17 as above, else its row on the page itself
`17/county`       indicator 17 on the page of that name
================= ================================================================================

Without a code (`@north-kent`) a link leads to the page as a whole. `within` gives a page the links
to its own parts, `between` also those between the pages of a pack, and `apart` removes the latter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from html import escape, unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LINK = re.compile(r'<a data-to="([^"]*)"(?: href="([^"]*)")?')
PLACE = re.compile(r"(?P<code>[^@/]*)(?:(?P<kind>[@/])(?P<where>.*))?")
ID = re.compile(r'\bid="([^"]+)"')
UNIT = re.compile(r'<div class="title-block" data-unit="([^"]*)"')
PACK = re.compile(r"(<!--(others|next)-->).*?(<!--/\2-->)", re.DOTALL)
"""Where a page names the other pages of its pack."""

REPORTS = ("exception-{}", "indicator-{}")
"""The ids of a report on an indicator, on the page itself: the exception report comes first."""

FROM_AFAR = ("indicator-{}", "exception-{}")
"""The same on another page, if this page has neither: the indicator's panel comes first."""

ROW = "row-{}"
ROWS = (ROW, *FROM_AFAR)
"""The ids of an indicator on the page of a unit."""


@dataclass(frozen=True)
class Linked:
    """A page that others link to: `name` is the stem of its file, `heading` its text in lists."""

    name: str
    heading: str
    html: str

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids on it, as they are written in the markup."""
        return frozenset(ID.findall(self.html))

    @cached_property
    def unit(self) -> str:
        """The slug of the unit that it is about; empty where it is about none."""
        found = UNIT.search(self.html)
        return found[1] if found else ""

    def part(self, code: str, ids: Iterable[str]) -> str | None:
        """The first id on the page among `ids`, which are patterns for `code`; else None."""
        return next((name for each in ids if (name := each.format(code)) in self.ids), None)


def within(html: str) -> str:
    """A page with an address for each link to one of its own parts."""
    return _led(Linked("", "", html), ())


def apart(html: str) -> str:
    """A page of a pack without its links to the other pages, as `within` returns it."""
    return within(PACK.sub(r"\1\3", html))


def between(pages: Sequence[Linked], index: str) -> dict[str, str]:
    """Name → the page with links to the other `pages` of its pack, in the pack's order.

    `index` is the HTML of the month's index page, which the result has under `index`.
    """
    made = {each.name: _named(_led(each, pages), each, pages) for each in pages}
    return {**made, "index": _led(Linked("index", "", index), pages)}


def _led(page: Linked, pages: Sequence[Linked]) -> str:
    """The HTML of `page`, with an address for each link whose place exists."""

    def address(found: re.Match[str]) -> str:
        to = found[1]
        href = _address(to, page, pages)
        return f'<a data-to="{to}"' + (f' href="{href}"' if href else "")

    return LINK.sub(address, page.html)


def _address(to: str, page: Linked, pages: Sequence[Linked]) -> str | None:
    """The address of a link of `page`; None if its place doesn't exist."""
    others = [each for each in pages if each.name != page.name]
    if to.startswith("#"):
        holders = [each for each in (page, *others) if to[1:] in each.ids]
        return _of(holders[0], to[1:], page) if holders else None
    code, kind, where = PLACE.fullmatch(to).group("code", "kind", "where")  # type: ignore[union-attr]
    if kind and where:
        key = "unit" if kind == "@" else "name"
        there = next((each for each in pages if getattr(each, key) == where), None)
        if there is None or there.name == page.name:
            return None
        ids = ROWS if kind == "@" else (*REPORTS, ROW)
        return _of(there, there.part(code, ids), page)
    if own := page.part(code, REPORTS):
        return f"#{own}"
    for pattern in FROM_AFAR:
        for each in others:
            if part := each.part(code, [pattern]):
                return _of(each, part, page)
    if kind:
        row = page.part(code, [ROW])
        return row and f"#{row}"
    first = next((each for each in pages if each.part(code, [ROW])), page)
    return None if first.name == page.name else _of(first, first.part(code, [ROW]), page)


def _of(there: Linked, part: str | None, page: Linked) -> str:
    """The address, on `page`, of a part of `there`, or of the whole of it."""
    file = "" if there is page else f"{there.name}.html"
    return file + (f"#{part}" if part else "")


def _named(html: str, page: Linked, pages: Sequence[Linked]) -> str:
    """A page with links to the others of its pack, and to the previous and the next one."""
    place = [each.name for each in pages].index(page.name)
    sides = {"Previous": pages[place - 1 : place], "Next": pages[place + 1 : place + 2]}
    words = {
        "others": "".join(f"<li>{_link(each)}</li>\n" for each in pages if each is not page),
        "next": "".join(
            f"<p>{side}: {_link(each, side)}</p>\n" for side, (*found,) in sides.items()
            for each in found
        ),
    }  # fmt: skip
    if words["others"]:
        words["others"] = (
            '<nav class="others" aria-labelledby="others">\n<h2 id="others">Other appendices</h2>\n'
            f"<ul>\n{words['others']}</ul>\n</nav>\n"
        )
    return PACK.sub(lambda found: f"{found[1]}{words[found[2]]}{found[3]}", html)


def _link(there: Linked, side: str = "") -> str:
    rel = {"Previous": ' rel="prev"', "Next": ' rel="next"'}.get(side, "")
    return f'<a{rel} href="{there.name}.html">{escape(unescape(there.heading))}</a>'
