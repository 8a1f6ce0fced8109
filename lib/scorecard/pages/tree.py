"""The elements that an HTML5 parser, and so a browser, makes of HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode


def of_page(html: str) -> list[LexborNode]:
    """The elements of a page in their order, from `body` on."""
    return _elements(LexborHTMLParser(html).body)


def of_fragment(html: str) -> list[LexborNode] | None:
    """The elements of a fragment in their order.

    None when it leaves an element open or closes one that it did not open: on a page it would then
    contain what follows it, or end the element around it.
    """
    around = f"<main><div><div>{html}</div><i></i></div></main>"
    found = _elements(LexborHTMLParser(around, is_fragment=True).root)
    outermost = [each.tag for each in found if each.parent is None]
    within = [[inner.tag for inner in each.iter()] for each in found[:2]]
    kept = outermost == ["main"] and within == [["div"], ["div", "i"]]
    return found[3:-1] if kept else None


def top_of(html: str) -> list[LexborNode]:
    """The outermost elements of a piece of page, in their order."""
    body = LexborHTMLParser(html).body
    return list(body.iter()) if body else []


def words(element: LexborNode) -> str:
    """The text in an element, with single spaces."""
    return " ".join(element.text().split())


def _elements(start: LexborNode | None) -> list[LexborNode]:
    return [each for each in start.traverse() if each.is_element_node] if start else []
