"""The body of a page, from what a notebook publishes, in the order of its cells."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from nbformat import NotebookNode, from_dict
from selectolax.lexbor import LexborHTMLParser, create_tag

from scorecard.errors import PublishError
from scorecard.outputs import BLOCK, CHART_WORDS, HTML, NOTHING, STYLED, VEGALITE, block
from scorecard.pages import markdown, publishable, svg, tree
from scorecard.pages.publishable import is_hidden

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SECTION = re.compile(r"\s*## ")
REPORT = re.compile(r'<h3 id="([^"]+)">(.*?)</h3>', re.DOTALL)
LIST = '<nav class="reports" aria-label="In this section">\n<ol>\n{}</ol>\n</nav>\n'
MANY = 4
"""A section with this many reports or more lists them above the first."""
EXPLANATION = re.compile(r' <span class="expansion short">[^<]*</span>')
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def drawn(notebook: NotebookNode) -> NotebookNode:
    """`notebook` with each output replaced by its HTML on the page.

    Sections with nothing to show are left out with their heading. The figures for downloads and
    charts are left out because nbconvert copies a notebook repeatedly, and they are most of it.
    """
    cells = [
        NotebookNode({**cell, "outputs": _pieces(cell)}) if cell.cell_type == "code" else cell
        for section in _sections(notebook.cells)
        if not _has_nothing(section)
        for cell in section
    ]
    return NotebookNode({**notebook, "cells": cells})


def body(notebook: NotebookNode) -> str:
    """The HTML of a notebook between a page's head and its foot, without navigation."""
    pieces: list[str] = []
    for cell in drawn(notebook).cells:
        if cell.cell_type == "markdown" and not is_hidden(cell):
            pieces.append(prose(cell))
        elif cell.cell_type == "code":
            pieces += [piece(output) for output in cell.outputs]
    return "".join(pieces)


def _sections(cells: Sequence[NotebookNode]) -> list[list[NotebookNode]]:
    """The cells in sections; each but the first begins at a Markdown cell that opens with `##`."""
    found: list[list[NotebookNode]] = [[]]
    for cell in cells:
        if cell.cell_type == "markdown" and not is_hidden(cell) and SECTION.match(cell.source):
            found.append([])
        found[-1].append(cell)
    return found


def _has_nothing(section: Sequence[NotebookNode]) -> bool:
    """Whether a section has outputs, and each says that there is nothing to show."""
    answers = [NOTHING in output.data for cell in section for output in _displays(cell)]
    return bool(answers) and all(answers)


def _displays(cell: NotebookNode) -> list[NotebookNode]:
    """The outputs that a cell displays, without printed text and warnings; none if it is hidden."""
    if cell.cell_type != "code" or is_hidden(cell):
        return []
    shows = ("display_data", "execute_result")
    return [output for output in cell.outputs if output.output_type in shows]


def piece(output: NotebookNode) -> Markup:
    """The HTML of one output of a drawn notebook."""
    return Markup(output.data[HTML])  # noqa: S704 (made below)


def _pieces(cell: NotebookNode) -> list[NotebookNode]:
    """The outputs of a cell that the page shows, each as HTML."""
    return [
        from_dict({
            "output_type": "display_data", "metadata": {}, "data": {HTML: _block(output.data)}
        })
        for output in _displays(cell)
        if NOTHING not in output.data
    ]  # fmt: skip


def _block(data: Mapping[str, Any]) -> str:
    """The HTML of one output, a fragment or a figure; `publishable.contents` has checked it."""
    if CHART_WORDS in data:
        return block(svg.figure(data[VEGALITE], data[CHART_WORDS]))
    return block(data.get(STYLED) or data[HTML])


def prose(cell: NotebookNode) -> Markup:
    """A Markdown cell as a block."""
    return Markup(f"{BLOCK}{markdown.html(cell)}</div>\n")  # noqa: S704 (no raw HTML)


def numbered(body: str) -> Markup:
    """`body` of a committee's paper with numbers: 4 before a section, 4.1 before a paragraph.

    The numbers are text, not made by the style sheet, so that searches, copies and the screen
    reader of a PDF have them. A Word document has a numbering of its own.
    """
    page = LexborHTMLParser(body, is_fragment=True)
    section = paragraph = 0
    for each in page.css(".prose h2, .paragraphs > li"):
        if each.tag == "h2":
            section, paragraph = section + 1, 0
        else:
            paragraph += 1
        number = create_tag("span")
        number.attrs["class"] = "number"
        number.insert_child(f"{section}.{paragraph} " if paragraph else f"{section}. ")
        if each.child:
            each.child.insert_before(number)
    return Markup(page.html)  # noqa: S704 (`body`, with numbers)


def lay_out(body: str, navigation: str) -> Markup:
    """`body` with `navigation` between its opening section and the next.

    The opening summarises performance, so readers see it before any list of links.
    """
    body = _explained_once(_with_lists(str(body)))
    opening = body.find("<h2")
    second = body.find("<h2", opening + 1)
    place = body.rfind(BLOCK, 0, second) if second >= 0 else len(body)
    return Markup(body[:place] + str(navigation) + body[place:])  # noqa: S704 (both are markup)


def _explained_once(body: str) -> str:
    """`body` with only the first explanation of each abbreviation."""
    given: set[str] = set()

    def kept(found: re.Match[str]) -> str:
        first = found[0] not in given
        given.add(found[0])
        return found[0] if first else ""

    return EXPLANATION.sub(kept, body)


def _with_lists(body: str) -> str:
    """`body` with a list of links above the first report of each section that has many."""
    starts = [found.start() for found in re.finditer("<h2", body)]
    made = body[: starts[0]] if starts else body
    for start, end in pairwise([*starts, len(body)]):
        section = body[start:end]
        found = list(REPORT.finditer(section))
        place = section.rfind(BLOCK, 0, found[0].start()) if len(found) >= MANY else -1
        if place >= 0:
            links = "".join(f'<li><a href="#{each[1]}">{each[2]}</a></li>\n' for each in found)
            section = section[:place] + LIST.format(links) + section[place:]
        made += section
    return made


def sections(body: str) -> list[tuple[str, str]]:
    """The id and the words of every `h2`, for the contents links.

    Raises `PublishError` for one without an id.
    """
    found = [each for each in tree.of_page(body) if each.tag == "h2"]
    for heading in found:
        if not heading.id:
            raise PublishError(
                f"the heading `{tree.words(heading)}` has no id for the contents to link to"
            )
    return [(heading.id or "", tree.words(heading)) for heading in found]


def check(html: str) -> None:
    """Raise `PublishError` for a break of the policy, a skipped heading level or a repeated id."""
    publishable.check_seen("the page", html)
    elements = tree.of_page(html)
    publishable.check_policy("the page", elements)
    levels = [int(str(each.tag)[1]) for each in elements if each.tag in HEADINGS]
    if levels.count(1) != 1 or levels[0] != 1:
        raise PublishError(
            f"the page has {levels.count(1)} main headings (`h1`): its first fragment must bring "
            "the only one; tag a Markdown title `analyst`"
        )
    for above, below in pairwise(levels):
        if below > above + 1:
            raise PublishError(f"a heading of level {below} follows one of level {above}")
    ids = Counter(each.id for each in elements if each.id)
    for name, count in ids.items():
        if count > 1:
            raise PublishError(f"the id `{name}` occurs twice on the page; ids must be unique")
