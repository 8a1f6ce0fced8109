"""A page as values: its description, its links and its files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorecard.months import Month
    from scorecard.outputs import Headline
    from scorecard.params.brand import Brand
    from scorecard.params.month import PreviousPack


WHOLE = "pack"
"""The stem of the file name of the whole pack's PDF."""


@dataclass(frozen=True)
class About:
    """The description of a page: what it shows around the notebook's outputs.

    `name` is the appendix's slug and the stem of its files; `letter` its letter in the committee's
    papers, if any; `caution` a sentence above the figures of every page; `brand` the council's own
    logo and colours; `shown_on` says where the figures of its files are shown; `made_as` has the
    keys of the other files that it is made as (`params.reports.MadeAs`); its files name `publisher`
    and `licence`; `previous` has the month and the address of the previous report, if known.
    """

    name: str
    title: str
    summary: str
    council: str
    service: str
    month: Month
    letter: str | None = None
    caution: str | None = None
    brand: Brand | None = None
    shown_on: str = "the published page"
    made_as: tuple[str, ...] = ()
    publisher: str | None = None
    licence: str | None = None
    previous: PreviousPack | None = None

    @property
    def published_by(self) -> str:
        """The publisher that files name: the council, unless `publisher` is set."""
        return self.publisher or self.council

    @property
    def heading(self) -> str:
        """The title with the letter, as lists of appendices show it."""
        return f"Appendix {self.letter}: {self.title}" if self.letter else self.title

    @property
    def window_title(self) -> str:
        """The title of the browser's tab, of a bookmark and of the PDF."""
        return f"{self.heading}, {self.month.words} – {self.council}"


@dataclass(frozen=True)
class Link:
    """A file to download: `href` from the page, `size` in bytes, `kind` such as `CSV`."""

    href: str
    text: str
    kind: str
    size: int

    @property
    def size_words(self) -> str:
        """The size with its unit: `4 KB`, `1.2 MB`."""
        if self.size < 1_000_000:
            return f"{max(1, round(self.size / 1000))} KB"
        return f"{self.size / 1_000_000:.1f} MB"


@dataclass(frozen=True)
class Page:
    """A finished appendix.

    `files` maps every file's path in the month's folder (the page itself included) to its bytes.
    """

    about: About
    html: str
    headline: Headline | None = None
    attention: tuple[str, ...] = ()
    downloads: tuple[Link, ...] = ()
    files: dict[str, bytes] = field(default_factory=dict)
