"""A page as a Word document that others edit: the same words in the same order.

It is made of the page's own markup, so that the two can't disagree: headings are headings, numbered
paragraphs have Word's numbering (4.1 below heading 4), and a table's head repeats on each page.
Charts are left out; their tables are kept. The same page gives the same bytes each time.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from scorecard.pages import layout, tree
from scorecard.pages.page import Link
from scorecard.pages.word_styles import HEADINGS, NUMBERED, WITHIN, empty

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docx.document import Document as Made
    from docx.text.paragraph import Paragraph
    from nbformat import NotebookNode
    from selectolax.lexbor import LexborNode

    from scorecard.pages.page import About
SCREEN_ONLY = "sideways"
"""The class of words for screens only, such as that a table scrolls."""
TIME = (1980, 1, 1, 0, 0, 0)
"""The time of each file in a document: the earliest that ZIP allows, always the same."""
BOLD, ITALIC = frozenset({"strong", "b", "th", "dt"}), frozenset({"em", "i"})
BLOCKS = frozenset({
    *HEADINGS, "p", "ul", "ol", "li", "dl", "dt", "dd", "table", "div", "section", "details",
    "summary", "blockquote", "pre", "hr",
})  # fmt: skip
"""Elements that begin a new paragraph."""


def made(notebook: NotebookNode, about: About) -> tuple[Link, bytes]:
    """The Word document of an executed notebook, and the link to it on the page."""
    content = document(layout.body(notebook), about)
    link = Link(f"{about.name}.docx", "The whole report to edit", "Word", len(content))
    return link, content


def document(body: str, about: About) -> bytes:
    """A Word document of the markup `body`, the part of a page between its head and its foot."""
    made = empty(about)
    for element in tree.top_of(body):
        _Writer(made).block(element)
    stream = io.BytesIO()
    made.save(stream)
    return _always_alike(stream.getvalue())


def _always_alike(content: bytes) -> bytes:
    """The same files in the same order, each with `TIME` as the time at which it was written."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            info = zipfile.ZipInfo(name, TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(info, before.read(name))
    return stream.getvalue()


class _Writer:
    """Adds elements of a page to a document; `style` is for paragraphs without one of their own."""

    def __init__(self, made: Made, style: str = "Normal") -> None:
        self._made, self._style = made, style

    def block(self, element: LexborNode) -> None:
        """Add a block with what is in it; drawings, styles and navigation are left out."""
        tag = str(element.tag)
        if tag in HEADINGS:
            self._paragraph([element], HEADINGS[tag])
        elif tag == "table":
            self._table(element)
        elif tag == "dl":
            for row in element.css("div"):
                self._paragraph(list(row.iter()), self._style, between=": ")
        elif tag in ("ul", "ol"):
            for item in element.iter():
                self._item(item, element)
        elif tag not in ("svg", "style", "nav"):
            self._mixed(element, self._style, self._style)

    def _item(self, item: LexborNode, of: LexborNode) -> None:
        """Add an item of a list; blocks within a numbered paragraph have the style `WITHIN`."""
        if "paragraphs" in classes(of):
            self._mixed(item, NUMBERED, WITHIN)
        else:
            style = "List Bullet" if of.tag == "ul" else "List Number"
            within = "List Bullet 2" if self._style != "Normal" and of.tag == "ul" else style
            self._mixed(item, within, within)

    def _mixed(self, element: LexborNode, style: str, within: str) -> None:
        """Add the text of an element as paragraphs, and the blocks in it, in their order."""
        line: list[LexborNode] = []
        for each in element.iter(include_text=True):
            if each.is_element_node and SCREEN_ONLY in classes(each):
                continue
            if each.is_element_node and each.tag in BLOCKS:
                self._paragraph(line, style)
                line = []
                if each.tag == "p":
                    self._paragraph([each], style if element.tag == "li" else within)
                else:
                    _Writer(self._made, within).block(each)
            else:
                line.append(each)
        self._paragraph(line, style)

    def _paragraph(self, nodes: Sequence[LexborNode], style: str, between: str = "") -> None:
        """Add a paragraph of inline elements and text, unless these are empty."""
        parts = [list(_runs(node)) for node in nodes]
        if between:
            parts = [parts[0], [(between, frozenset(BOLD))], *parts[1:]]
        runs = _tidy([run for part in parts for run in part])
        if not runs:
            return
        paragraph = self._made.add_paragraph(style=style)
        _add(runs, paragraph)

    def _table(self, table: LexborNode) -> None:
        """Add a table below its caption; the rows of its head repeat on each page."""
        head, rows, words = table.css("thead tr"), table.css("tr"), ""
        width = max(sum(_span(cell) for cell in cells(row)) for row in rows)
        for caption in table.css("caption"):
            self._paragraph([caption], "Caption")
            words = tree.words(caption)
        made = self._made.add_table(rows=0, cols=width, style="Table Grid")
        made._tbl.tblPr.append(parse_xml(f"<w:tblCaption {nsdecls('w')}/>"))
        made._tbl.tblPr[-1].set(qn("w:val"), words)
        for row in rows:
            added = made.add_row()
            if row in head:
                added._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
            added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            if "group" in classes(row):
                _add(
                    _tidy(list(_runs(row))),
                    added.cells[0].merge(added.cells[-1]).paragraphs[0],
                    Pt(10),
                )
                continue
            place = 0
            for cell in cells(row):
                target = added.cells[place]
                if _span(cell) > 1:
                    target = target.merge(added.cells[place + _span(cell) - 1])
                _add(_tidy(list(_runs(cell))), target.paragraphs[0], Pt(10))
                place += _span(cell)
        self._made.add_paragraph()


def _add(
    runs: Sequence[tuple[str, frozenset[str]]], paragraph: Paragraph, size: Pt | None = None
) -> None:
    """Add the pieces of a text to a paragraph, bold or italic by the elements around them."""
    for text, tags in runs:
        run = paragraph.add_run(text)
        run.bold = bool(tags & BOLD) or None
        run.italic = bool(tags & ITALIC) or None
        run.font.size = size


def classes(element: LexborNode) -> list[str]:
    """The classes of an element."""
    return (element.attributes.get("class") or "").split()


def cells(row: LexborNode) -> list[LexborNode]:
    """The cells of a row."""
    return [each for each in row.iter() if each.tag in ("th", "td")]


def _span(cell: LexborNode) -> int:
    return int(cell.attributes.get("colspan") or 1)


def _runs(
    node: LexborNode, tags: frozenset[str] = frozenset()
) -> Iterator[tuple[str, frozenset[str]]]:
    """The pieces of text in a node, each with the elements around it.

    Where a text is there twice, to see and for a screen reader, only the latter is returned.
    """
    if node.is_text_node:
        yield node.text_content or "", tags
    elif node.is_element_node and node.attributes.get("aria-hidden") != "true":
        inside = tags | {str(node.tag)}
        for each in node.iter(include_text=True):
            yield from _runs(each, inside)


def _tidy(runs: Sequence[tuple[str, frozenset[str]]]) -> list[tuple[str, frozenset[str]]]:
    """Pieces with single spaces between words, and none at the ends."""
    found: list[tuple[str, frozenset[str]]] = []
    open_ended = True
    for text, tags in runs:
        words = re.sub(r"\s+", " ", text)
        words = words.lstrip(" ") if open_ended else words
        if words:
            found.append((words, tags))
            open_ended = words.endswith(" ")
    if found and found[-1][0].endswith(" "):
        found[-1] = (found[-1][0].rstrip(" "), found[-1][1])
    return [each for each in found if each[0]]
