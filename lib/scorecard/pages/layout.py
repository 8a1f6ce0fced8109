"""The body of a page from the pieces a notebook publishes, in the order of its cells."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markupsafe import Markup
from nbformat import NotebookNode, from_dict

from scorecard.errors import PublishError
from scorecard.outputs import FIGURE, HTML, STYLED, VEGALITE
from scorecard.pages import svg
from scorecard.pages.publishable import is_hidden

if TYPE_CHECKING:
    from collections.abc import Mapping

BLOCK = '<div class="block">'
HEADING = re.compile(r"<h(?P<level>[1-6])\b(?P<attributes>[^>]*)>(?P<text>.*?)</h\1>", re.DOTALL)
ID = re.compile(r"<[^<>]*?\sid=\"([^\"]*)\"")


def drawn(notebook: NotebookNode) -> NotebookNode:
    """`notebook` with each output as the piece of page that it becomes, and nothing else.

    nbconvert copies what it is given again and again, and figures for download and for charts are
    most of an executed notebook.
    """
    cells = [
        NotebookNode({**cell, "outputs": _pieces(cell)}) if cell.cell_type == "code" else cell
        for cell in notebook.cells
    ]
    return NotebookNode({**notebook, "cells": cells})


def piece(output: NotebookNode) -> Markup:
    """The HTML of one output of a drawn notebook."""
    return Markup(output.data[HTML])  # noqa: S704 (made below)


def _pieces(cell: NotebookNode) -> list[NotebookNode]:
    """What a cell shows on the page; nothing of what stays in the notebook, such as a warning."""
    if is_hidden(cell):
        return []
    return [
        from_dict({
            "output_type": "display_data", "metadata": {}, "data": {HTML: _block(output.data)}
        })
        for output in cell.outputs
        if output.output_type in ("display_data", "execute_result")
    ]  # fmt: skip


def _block(data: Mapping[str, Any]) -> str:
    """The fragment or the figure of one output."""
    if FIGURE in data:
        html = svg.figure(data[VEGALITE], data[FIGURE])
    else:
        html = data.get(STYLED) or data[HTML]
    return f"{BLOCK}\n{html}\n</div>\n"  # the markup was checked by publishable.contents


def markdown(source: str) -> Markup:
    """A Markdown cell as a block of prose, its headings with ids for the contents links."""
    parser = _markdown_parser()
    tokens = parser.parse(source)
    for opening, text in pairwise(tokens):
        if opening.type == "heading_open":
            opening.attrSet("id", _slug(text.content))
    html = parser.renderer.render(tokens, parser.options, {})
    return Markup(f'{BLOCK}<div class="prose">\n{html}</div></div>\n')  # noqa: S704 (no raw HTML)


def lay_out(body: str, navigation: str) -> Markup:
    """`body` with `navigation` between its opening section and the next.

    The opening, which answers how we are doing, is read before any list of links.
    """
    opening = body.find("<h2")
    second = body.find("<h2", opening + 1)
    place = body.rfind(BLOCK, 0, second) if second >= 0 else len(body)
    return Markup(body[:place] + navigation + body[place:])  # noqa: S704 (both are markup)


def sections(body: str) -> list[tuple[str, str]]:
    """The id and the words of every `h2`, for the contents links."""
    return [
        (_id(found), Markup(found["text"]).striptags())  # noqa: S704 (only to strip it)
        for found in HEADING.finditer(body)
        if found["level"] == "2"
    ]


def check(body: str) -> None:
    """Raise `PublishError` when headings or ids would leave a reader lost."""
    levels = [int(found["level"]) for found in HEADING.finditer(body)]
    if levels.count(1) != 1 or levels[0] != 1:
        raise PublishError(
            f"the page has {levels.count(1)} main headings (`h1`): its first fragment must bring "
            "the only one; tag a Markdown title `analyst`"
        )
    for above, below in pairwise(levels):
        if below > above + 1:
            raise PublishError(f"a heading of level {below} follows one of level {above}")
    ids = ID.findall(body)
    repeated = sorted({name for name in ids if ids.count(name) > 1})
    if repeated:
        raise PublishError(f"the id `{repeated[0]}` occurs twice on the page; ids must be unique")


def _id(heading: re.Match[str]) -> str:
    """The id of a heading."""
    found = re.search(r"\sid=\"([^\"]+)\"", heading["attributes"])
    if not found:
        raise PublishError(f"the heading `{heading['text']}` has no id for the contents to link to")
    return found[1]


def _slug(text: str) -> str:
    """Words as an id: `Key and glossary` is `key-and-glossary`."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


@cache
def _markdown_parser() -> MarkdownIt:
    """CommonMark without raw HTML."""
    return MarkdownIt("commonmark", {"html": False})
