"""The words of published pages: what is measured of all of them."""

from __future__ import annotations

import re
from statistics import median
from typing import TYPE_CHECKING

from scorecard.months import NAMES
from support import reading_age
from support.page_figures import page, texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bs4 import Tag

MOST = 15
"""Words of the title of a chart."""
HELD = ("p", "li", "dd", "dt", "caption", "summary", "desc", "h1", "h2", "h3", "h4")
"""The elements that hold text outside the cells of tables."""
OWN = {"commentary", "prose", "downloads", "download-list", "title-block", "onward"}
"""What a council writes by itself, the names of files, and links beside a sentence."""


def titles(pack: Path) -> Iterator[str]:
    """The titles of all charts of a pack."""
    for path in sorted(pack.glob("*.html")):
        for title in page(path).select(".figure-title"):
            yield " ".join(title.get_text().split())


def too_long(pack: Path) -> list[str]:
    """The titles of charts that have too many words."""
    return [title for title in titles(pack) if len(title.split()) > MOST]


def said(path: Path) -> Iterator[str]:
    """Every text of a page outside the cells of tables, and what is read aloud of drawings."""
    for each in page(path).find_all(_speaks):
        text = each.get("aria-label") or "".join(texts(each, OWN))
        if text.strip():
            yield " ".join(text.split())


def _speaks(each: Tag) -> bool:
    """Whether an element has a text of its own, which no council wrote."""
    if any(not OWN.isdisjoint(up.get("class") or ()) for up in (each, *each.parents)):
        return False
    if each.name in HELD:
        return not each.find(["p", "li", "table"]) and not each.find_parent(["td", "th"])
    return each.name == "svg" and bool(each.get("aria-label"))


MONTH = rf"\b(?:{'|'.join(name[:3] + f'(?:{name[3:]})?' for name in NAMES)})"
UNGROUPED = re.compile(r"(?<![\w.,/:#-])\d{4,}(?:\.\d+)?(?![\w/–-])")
"""A figure of four digits or more without a comma; after a month's name it is a year."""
NOT_POINTS = re.compile(
    r"\bpp\b|\bppts?\b|[+-]\d+(?:\.\d+)?%"
    r"|\d% (?:higher|lower|more|less|fewer|points|apart|up|down|better|worse)\b"
    r"|\b(?:differ|gap|apart|higher by|lower by|up by|down by|change of|changed by)"
    r"(?:[^.;:,]|\.(?=\d)){0,40}?\d%"
)
"""A difference of percentages in another unit than percentage points."""


def badly_written(text: str) -> list[str]:
    """The figures of a text without commas, and the differences that are not in points."""
    without = [
        found[0] for found in UNGROUPED.finditer(text)
        if not re.search(rf"{MONTH} $", text[: found.start()])
    ]  # fmt: skip
    return without + [found[0] for found in NOT_POINTS.finditer(text)]


def figures_badly_written(pack: Path) -> list[str]:
    """Those of all pages of a pack."""
    return [
        f"{path.stem}: {each} in `{text}`"
        for path in sorted(pack.glob("*.html")) for text in said(path)
        for each in badly_written(text)
    ]  # fmt: skip


HARD = 8
"""The grade of a school that no page may need."""
FEW = 1 / 3
"""The share of a page's sentences that may need a higher one."""
ENOUGH = 20
"""Sentences of a page of which such a share says something: of ten, one is a tenth."""


def hard_to_read(pack: Path, root: Path) -> list[str]:
    """The pages of a pack that are hard to read; `root` is the folder of its workbook.

    As one text, by the median of its sentences, or because too many of them are hard.
    """
    by, hard = reading_age.written(root), []
    for path in sorted(pack.glob("*.html")):
        found = reading_age.sentences(said(path), by)
        grades = [reading_age.grade(each) for each in found]
        share = sum(each > HARD for each in grades) / len(grades)
        whole, middle = reading_age.of_all(found), median(grades)
        if max(whole, middle) > HARD or (share > FEW and len(grades) >= ENOUGH):
            hard.append(f"{path.stem}: {whole:.1f}, median {middle:.1f}, {share:.0%} hard")
    return hard
