"""The body of a page from the pieces a notebook publishes, in the order of its cells."""

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
"""From so many on, the reports of a section are listed above the first of them."""
EXPLANATION = re.compile(r' <span class="expansion short">[^<]*</span>')
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def drawn(notebook: NotebookNode) -> NotebookNode:
    """`notebook` with each output as the piece of page that it becomes, and nothing else.

    Sections that have nothing to show are left out with their heading. nbconvert copies what it is
    given again and again, and figures for download and for charts are most of an executed notebook.
    """
    cells = [
        NotebookNode({**cell, "outputs": _pieces(cell)}) if cell.cell_type == "code" else cell
        for section in _sections(notebook.cells)
        if not _has_nothing(section)
        for cell in section
    ]
    return NotebookNode({**notebook, "cells": cells})


def body(notebook: NotebookNode) -> str:
    """What a page shows of a notebook between its head and its foot, without navigation."""
    pieces: list[str] = []
    for cell in drawn(notebook).cells:
        if cell.cell_type == "markdown" and not is_hidden(cell):
            pieces.append(prose(cell))
        elif cell.cell_type == "code":
            pieces += [piece(output) for output in cell.outputs]
    return "".join(pieces)


def _sections(cells: Sequence[NotebookNode]) -> list[list[NotebookNode]]:
    """The cells before the first Markdown cell that opens with an `h2`, and those from each on."""
    found: list[list[NotebookNode]] = [[]]
    for cell in cells:
        if cell.cell_type == "markdown" and not is_hidden(cell) and SECTION.match(cell.source):
            found.append([])
        found[-1].append(cell)
    return found


def _has_nothing(section: Sequence[NotebookNode]) -> bool:
    """Whether all that a section's cells answer is that there is nothing to show."""
    answers = [NOTHING in output.data for cell in section for output in _displays(cell)]
    return bool(answers) and all(answers)


def _displays(cell: NotebookNode) -> list[NotebookNode]:
    """The outputs of a cell that a page is made of, but for warnings and the like."""
    if cell.cell_type != "code" or is_hidden(cell):
        return []
    shows = ("display_data", "execute_result")
    return [output for output in cell.outputs if output.output_type in shows]


def piece(output: NotebookNode) -> Markup:
    """The HTML of one output of a drawn notebook."""
    return Markup(output.data[HTML])  # noqa: S704 (made below)


def _pieces(cell: NotebookNode) -> list[NotebookNode]:
    """What a cell shows on the page; nothing of what stays in the notebook, such as a warning."""
    return [
        from_dict({
            "output_type": "display_data", "metadata": {}, "data": {HTML: _block(output.data)}
        })
        for output in _displays(cell)
        if NOTHING not in output.data
    ]  # fmt: skip


def _block(data: Mapping[str, Any]) -> str:
    """The fragment or the figure of one output; publishable.contents checked the markup."""
    if CHART_WORDS in data:
        return block(svg.figure(data[VEGALITE], data[CHART_WORDS]))
    return block(data.get(STYLED) or data[HTML])


def prose(cell: NotebookNode) -> Markup:
    """A Markdown cell as a block."""
    return Markup(f"{BLOCK}{markdown.html(cell)}</div>\n")  # noqa: S704 (no raw HTML)


def numbered(body: str) -> Markup:
    """`body` of a committee's paper with numbers: 4 before a section, 4.1 before a paragraph.

    They are text, not made by the style sheet, so that a search finds them, a copy has them and a
    printed page says them to a screen reader. A Word document numbers its own.
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
    return Markup(page.html)  # noqa: S704 (as it was, with numbers)


def lay_out(body: str, navigation: str) -> Markup:
    """`body` with `navigation` between its opening section and the next.

    The opening, which answers how we are doing, is read before any list of links.
    """
    body = _explained_once(_with_lists(str(body)))
    opening = body.find("<h2")
    second = body.find("<h2", opening + 1)
    place = body.rfind(BLOCK, 0, second) if second >= 0 else len(body)
    return Markup(body[:place] + str(navigation) + body[place:])  # noqa: S704 (both are markup)


def _explained_once(body: str) -> str:
    """`body` with the first explanation of each abbreviation, and no other."""
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
    """Raise `PublishError` when a page breaks its policy, or its headings or ids mislead."""
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
