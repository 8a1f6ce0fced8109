"""A page as it is printed, read back from the PDF."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader

from scorecard.pages import pdf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.browser_view import View

ROWS = """table => {
    const seen = cell => {
        const copy = cell.cloneNode(true);
        const marked = each => [each, ...each.querySelectorAll('[data-variation]')].filter(
            one => one.dataset.variation);
        const shapes = marked(cell).map(one => getComputedStyle(one, '::before').content[1]);
        marked(copy).forEach((one, n) => one.prepend(shapes[n]));
        copy.querySelectorAll('.visually-hidden, svg').forEach(each => each.remove());
        return copy.textContent;
    };
    return {
        name: table.id,
        heads: [...table.querySelectorAll('thead th')].map(seen),
        rows: [...table.querySelectorAll('tbody tr:not(.group)')].map(
            row => [...row.cells].map(seen)),
    };
}"""
"""A table's headings and rows as a reader with eyes has them.

The style sheet draws the shape before a variation's word, as `"▲" / ""`.
"""

SMALL = 13
"""The most rows of a table that never goes on on another sheet."""


def printed(page: Path, program: Path, folder: Path) -> list[str]:
    """The sheets of a page that a browser prints into `folder`; its tags stay as they are."""
    return sheets(pdf._print(page.resolve(), program, folder))


def sheets(file: Path) -> list[str]:
    """The text of each sheet of a PDF, without white space, as wrapping puts it anywhere."""
    return [_bare(sheet.extract_text()) for sheet in PdfReader(file).pages]


def elements(reader: PdfReader) -> Iterator[tuple[str, Any]]:
    """Each element of a PDF's tree of tags, after the tag of the one that it is in."""
    waiting = [("", reader.trailer["/Root"]["/StructTreeRoot"]["/K"])]
    while waiting:
        parent, element = waiting.pop()
        element = element.get_object()
        if isinstance(element, list):
            waiting += [(parent, each) for each in element]
        elif isinstance(element, dict) and "/S" in element:
            yield parent, element
            waiting += [(element["/S"], element["/K"])] if "/K" in element else []


def tables_are_complete(view: View, printed: list[str]) -> list[str]:
    """Every cell of every row stands on one sheet, in order, below the table's headings."""
    wrong = []
    for table in view.all("table", ROWS):
        heads = [_bare(each) for each in table["heads"]]
        for row in table["rows"]:
            cells = [_bare(each) for each in row]
            found = [sheet for sheet in printed if _in_order(cells, sheet)]
            if not found:
                wrong.append(f"{table['name']}: not whole on any sheet: {row}")
            elif not any(_in_order(heads, sheet) for sheet in found):
                wrong.append(f"{table['name']}: no headings on the sheet of {row[0]}")
    return wrong


def small_tables_stay_whole(view: View, printed: list[str]) -> list[str]:
    """A table of at most a year's months, to the same month a year before, is on one sheet."""
    small = [each for each in view.all("table", ROWS) if len(each["rows"]) <= SMALL]
    lines = {each["name"]: [_bare("".join(row)) for row in each["rows"]] for each in small}
    return [
        name
        for name, rows in lines.items()
        if not any(all(row in sheet for row in rows) for sheet in printed)
    ]


OPENING = """block => {
    const copy = block.cloneNode(true);
    copy.querySelectorAll('.visually-hidden, svg, .onward').forEach(each => each.remove());
    return copy.textContent;
}"""


def openings_stay_whole(view: View, printed: list[str]) -> list[str]:
    """The heading of an indicator is on one sheet with the sentences below it."""
    found = view.all(".block:has(> h3):not(:has(.commentary, table, details, .key))", OPENING)
    return [text for text in found if not any(_bare(text) in sheet for sheet in printed)]


def sheets_are_numbered(printed: list[str]) -> list[str]:
    """Each sheet says which of how many it is."""
    numbered = [f"Page{number}of{len(printed)}" for number in range(1, len(printed) + 1)]
    return [n for n, sheet in zip(numbered, printed, strict=True) if n not in sheet]


def _in_order(parts: list[str], text: str) -> bool:
    """Whether all `parts` occur in `text` one after the other, with nothing else between them."""
    return "".join(parts) in text


def _bare(text: str) -> str:
    """`text` without white space and with ligatures taken apart."""
    return re.sub(r"[\s\u00ad\u200b]+", "", unicodedata.normalize("NFKC", text))
