"""An executed notebook becomes an appendix: one self-contained page, and files to download.

`render` runs no notebook and writes no file. The same notebook gives the same bytes each time.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from scorecard.pages import downloads, layout, links
from scorecard.pages.exporter import exporter
from scorecard.pages.page import About, Page
from scorecard.pages.publishable import contents

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["About", "Page", "render"]

MAKERS = {"word": "scorecard.pages.word"}
"""Key of an appendix in `params/reports.yml` → the module whose `made` makes the file.

A module is imported when it is needed: most appendices need none, and its library loads slowly.
"""


def render(notebook: NotebookNode, about: About) -> Page:
    """The page of an executed notebook, with the files to download beside it.

    Raises `PublishError` when the notebook holds something that must not become a page.
    """
    found = contents(notebook)
    files, offered = downloads.of(found.tables, about, found.notes)
    for key in about.made_as:
        link, content = import_module(MAKERS[key]).made(notebook, about)
        files, offered = {link.href: content, **files}, (link, *offered)
    html = links.within(exporter().appendix(notebook, about, offered))
    layout.check(html)
    return Page(
        about=about,
        html=html,
        headline=found.headline,
        attention=found.attention,
        downloads=offered,
        files={f"{about.name}.html": html.encode(), **files},
    )
