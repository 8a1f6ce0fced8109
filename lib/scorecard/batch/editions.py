"""Editions: the finished pages of a pack once more in another format, if an option asks for it.

An edition has one file of each page, and one of the whole pack. Its name is its option and the
ending of its files: `--pdf`, `county.pdf`, `pack.pdf`. Another one is an entry of `EDITIONS`, and
its module.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scorecard.pages.links import Linked
    from scorecard.pages.page import About


class Maker(Protocol):
    """What the module of an edition has."""

    def of_pages(self, pages: Sequence[Path]) -> list[Path]:
        """Make the file of each page, beside it and of the same name; the files made."""

    def of_pack(
        self, about: About, pages: Sequence[Linked], missing: Sequence[str], target: Path
    ) -> None:
        """Make the file of all `pages`; `missing` are the headings of those that are not there."""


@dataclass(frozen=True)
class Edition:
    """One edition: the help of its option, and what links to its files say.

    `module` is imported when it is needed, as most runs need none.
    """

    help: str
    kind: str
    page_link: str
    pack_link: str
    module: str

    def maker(self) -> Maker:
        """The module that makes it."""
        return cast("Maker", import_module(self.module))


EDITIONS = {
    "pdf": Edition(
        "Print each appendix, and the whole pack, to PDF with an installed browser.",
        "PDF", "The whole appendix to print", "The whole pack to print", "scorecard.pages.pdf",
    ),
}  # fmt: skip
