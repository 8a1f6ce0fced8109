"""The words of published pages: what is measured of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.page_figures import page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST = 15
"""Words of the title of a chart."""


def titles(pack: Path) -> Iterator[str]:
    """The titles of all charts of a pack."""
    for path in sorted(pack.glob("*.html")):
        for title in page(path).select(".figure-title"):
            yield " ".join(title.get_text().split())


def too_long(pack: Path) -> list[str]:
    """The titles of charts that have too many words."""
    return [title for title in titles(pack) if len(title.split()) > MOST]
