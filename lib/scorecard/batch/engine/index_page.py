"""The month's index page, drawn where the pages are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.outputs import Headline
from scorecard.pages import index
from scorecard.pages.page import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.batch.record import AppendixRecord
    from scorecard.pages.page import About, Link


def render(
    about: About,
    entries: Sequence[tuple[About, AppendixRecord, Sequence[Link]]],
    whole: Sequence[Link] = (),
    attached: Sequence[Link] = (),
) -> str:
    """The index of all `entries`: about, record, and the links to its editions.

    `whole` leads to those of the pack; `attached` are the documents that go with it.
    """
    pages = [_page(each, record) for each, record, _ in entries if record.files]
    missing = [
        index.Missing(each, record.failure or "") for each, record, _ in entries if not record.files
    ]
    editions = {record.name: links for _, record, links in entries if links}
    return index.render(about, pages, missing, editions, whole, attached)


def _page(about: About, record: AppendixRecord) -> Page:
    """What the index needs of a page, from its record, whether made now or long ago."""
    headline = Headline(**record.headline.model_dump()) if record.headline else None
    return Page(about, "", headline, tuple(record.attention), tuple(record.links()))
