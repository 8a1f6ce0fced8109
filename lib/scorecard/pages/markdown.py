"""A Markdown cell as HTML, with the pictures that it holds."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote

from markdown_it import MarkdownIt

from scorecard.wording import slug

if TYPE_CHECKING:
    from nbformat import NotebookNode

ATTACHMENT = "attachment:"
"""How Markdown refers to a picture that JupyterLab keeps in the cell itself."""


def html(cell: NotebookNode) -> str:
    """The prose of a Markdown cell, its headings with ids for the contents links.

    A picture kept in the cell becomes a `data:` address. `publishable` refuses any other address:
    the pack would not include the file, and a change of the file would not make the page again.
    """
    parser = _parser()
    tokens = parser.parse(cell.source)
    for opening, text in pairwise(tokens):
        if opening.type == "heading_open":
            opening.attrSet("id", slug(text.content))
    for token in (each for line in tokens for each in line.children or ()):
        address = unquote(str(token.attrGet("src") or ""))
        kept = cell.get("attachments", {}).get(address.removeprefix(ATTACHMENT), {})
        for kind, content in kept.items() if address.startswith(ATTACHMENT) else ():
            token.attrSet("src", f"data:{kind};base64,{content}")
    return f'<div class="prose">\n{parser.renderer.render(tokens, parser.options, {})}</div>'


@cache
def _parser() -> MarkdownIt:
    """CommonMark without raw HTML."""
    return MarkdownIt("commonmark", {"html": False})
