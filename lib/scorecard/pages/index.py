"""The month's index page: every appendix, its ratings, what changed, and what is still missing."""

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
    """The index page of the month that `about` speaks of.

    `editions` maps an appendix's name to its PDF and the like, if it has any; `whole` leads to
    those of the pack; `attached` are documents that go with the pack as they are.
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
    """How many indicators have each rating, in the order Green, Amber, Red."""
    counts = page.headline.ratings if page.headline else {}
    return {rating: counts.get(rating, 0) for rating in RATINGS if sum(counts.values())}
