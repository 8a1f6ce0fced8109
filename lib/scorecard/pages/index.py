"""The month's index page: every appendix, its ratings, what changed, and outstanding actions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.pages.exporter import exporter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard.pages.page import About, Link, Page

NAME = "index"
RATINGS = ("green", "amber", "red")


@dataclass(frozen=True)
class Missing:
    """An appendix that is not in this month's pack, and why."""

    about: About
    reason: str


def render(
    about: About,
    pages: Sequence[Page],
    missing: Sequence[Missing] = (),
    editions: Mapping[str, Sequence[Link]] | None = None,
    whole: Sequence[Link] = (),
    attached: Sequence[Link] = (),
) -> str:
    """The index page of the month of `about`, as HTML.

    `editions` maps an appendix's name to links to its other files, such as its PDF; `whole` are
    links to those of the whole pack, `attached` to documents that the pack includes unchanged.
    """
    ratings = {page.about.name: _ratings(page) for page in pages}
    return exporter().page(
        "month.html.j2",
        about=about,
        pages=pages,
        missing=missing,
        editions=dict(editions or {}),
        whole=whole,
        attached=attached,
        ratings=ratings,
        to_mend=[page for page in pages if page.attention],
    )


def _ratings(page: Page) -> dict[str, int]:
    """How many indicators have each rating, in the order Green, Amber, Red; empty if none has."""
    counts = page.headline.ratings if page.headline else {}
    return {rating: counts.get(rating, 0) for rating in RATINGS if sum(counts.values())}
