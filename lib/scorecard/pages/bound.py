"""All pages of a pack as one document to print: `pack.pdf`.

It is made of the published pages only, so it can't show what they withhold. Each page becomes a
part, whose ids begin with the page's name; links between pages become links between parts. The
keys and glossaries of all pages are printed once, at the end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape, unescape
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from scorecard.display import listed
from scorecard.pages import tree
from scorecard.pages.exporter import exporter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from selectolax.lexbor import LexborNode

    from scorecard.pages.links import Linked
    from scorecard.pages.page import About

LISTS = ("key", "glossary")
"""The lists that the pack prints once: their classes on pages, their ids in the pack."""

UNPRINTED = ".wayfinding, .reports, .onward, .download-list, svg.marks"
"""What is of use on a screen only; and the marks of sparklines, which the pack's template has."""

REFERRING = ("aria-labelledby", "aria-describedby", "headers")
"""Attributes that name ids, separated by spaces."""


@dataclass(frozen=True)
class Part:
    """A page of the pack: `pieces` are its markup, each as (whether its sheets are turned, HTML).

    Turned sheets are landscape. `sections` are its entries in the contents, as (id, words).
    """

    name: str
    heading: str
    pieces: list[tuple[bool, str]]
    sections: list[tuple[str, str]]
    is_paper: bool


@dataclass
class Bound:
    """The parts of a pack; `entries` maps each name in `LISTS` to the list's entries, each once."""

    parts: list[Part] = field(default_factory=list)
    entries: dict[str, dict[str, None]] = field(default_factory=dict)


def bind(pages: Sequence[Linked]) -> Bound:
    """The pack of `pages`, whose links lead to each other, in their order."""
    bound = Bound()
    mains = {each.name: _main(each.html) for each in pages}
    noted: dict[str, str] = {}
    for page in pages:
        _without_lists(mains[page.name], bound.entries)
        _without_known_notes(mains[page.name], page, noted)
    places = {f"{name}.html": f"#{name}" for name in mains}
    for name, main in mains.items():
        for each in main.css("[id]"):
            places[f"{name}.html#{each.id}"] = f"#{name}.{each.id}"
        for name_of_list in LISTS:
            places.setdefault(f"{name}.html#{name_of_list}", f"#{name_of_list}")
    for page in pages:
        main = mains[page.name]
        _label_drawings(main)
        _lead(main, page.name, places)
        headings = [each for each in main.css("h2") if each.id]
        bound.parts.append(
            Part(
                page.name,
                unescape(page.heading),
                _pieces(main),
                [(str(each.id), tree.words(each)) for each in headings],
                is_paper="paper" in (main.attributes.get("class") or "").split(),
            )
        )
    return bound


def document(about: About, bound: Bound, missing: Sequence[str], numbers: Mapping[str, int]) -> str:
    """The document as HTML; `numbers` maps each id of the contents to its sheet.

    `missing` are the headings of appendices that are not in this pack.
    """
    return exporter().page(
        "pack.html.j2", about=about, bound=bound, missing=missing, numbers=numbers, lists=LISTS
    )


def _main(html: str) -> LexborNode:
    """The part of a page between its head and foot, without `UNPRINTED`."""
    (main,) = LexborHTMLParser(html).css("main")
    for each in main.css(UNPRINTED):
        each.decompose()
    return main


def _without_lists(main: LexborNode, entries: dict[str, dict[str, None]]) -> None:
    """Move the entries of a page's key and glossary to `entries`, and remove their blocks."""
    found = {name: main.css(f"dl.{name}") for name in LISTS}
    for name, lists in found.items():
        kept = entries.setdefault(name, {})
        for each in lists:
            kept.update(dict.fromkeys(str(entry.html) for entry in each.iter()))
    for block in {id(block): block for lists in found.values() for each in lists
                  if (block := _block(each, main))}.values():  # fmt: skip
        _remove(block)


def _remove(block: LexborNode) -> None:
    """Remove a block from its page, and the heading before it if that has no content left."""
    before, after = _beside(block, "prev"), _beside(block, "next")
    block.decompose()
    if before and _is_heading(before) and (after is None or after.css_first("h2")):
        before.decompose()


def _block(inner: LexborNode, main: LexborNode) -> LexborNode | None:
    """The block of the page `main` that `inner` is in; None if there is none."""
    node: LexborNode | None = inner
    while node is not None and (node.parent is None or node.parent.mem_id != main.mem_id):
        node = node.parent
    return node


def _beside(node: LexborNode, side: str) -> LexborNode | None:
    """The element before or after `node`."""
    found: LexborNode | None = getattr(node, side)
    while found is not None and not found.is_element_node:
        found = getattr(found, side)
    return found


def _is_heading(block: LexborNode) -> bool:
    """Whether a block holds the heading of a section and nothing else."""
    heading = block.css_first("h2")
    return heading is not None and tree.words(heading) == tree.words(block)


def _without_known_notes(main: LexborNode, page: Linked, noted: dict[str, str]) -> None:
    """Remove notes on sources that an earlier page has in the same words, and say where they are.

    `noted` maps the words of a note to a link to the section that has it.
    """
    section = ""
    repeated: dict[str, LexborNode] = {}
    for each in main.css("h2, .footnotes > p"):
        words = tree.words(each)
        if each.tag == "h2":
            section = f"{page.name}.html#{each.id}"
        elif words in noted:
            repeated[words] = each
        else:
            noted[words] = f'<a href="{section}">{escape(unescape(page.heading))}</a>'
    if not repeated:
        return
    *others, last = repeated.values()
    notes = last.parent
    for each in others:
        each.decompose()
    if notes is not None and len(notes.css("p")) == 1 and (block := _block(last, main)):
        _remove(block)  # all notes are on earlier pages, as the front of the pack says
        return
    places = listed(list(dict.fromkeys(noted[words] for words in repeated)))
    last.inner_html = f"More notes on these figures are at the end of {places}."


def _pieces(main: LexborNode) -> list[tuple[bool, str]]:
    """The markup of a page in pieces: sheets are turned for wide tables, upright for charts.

    A section with neither is like the next section that has one, or else like the last one.
    """
    sections: list[list[LexborNode]] = [[]]
    for each in main.iter():
        if each.tag == "h2" or each.css_first("h2"):
            sections.append([])
        sections[-1].append(each)
    needs = [
        True if any(_has(each, ".wide") for each in section)
        else False if any(_has(each, ".figure") for each in section) else None
        for section in sections
    ]  # fmt: skip
    for place in reversed(range(len(needs) - 1)):
        needs[place] = needs[place + 1] if needs[place] is None else needs[place]
    turned = False
    pieces: list[tuple[bool, str]] = []
    for section, need in zip(sections, needs, strict=True):
        turned = turned if need is None else need
        html = "".join(each.html or "" for each in section)
        if pieces and pieces[-1][0] == turned:
            html = pieces.pop()[1] + html
        pieces.append((turned, html))
    return pieces


def _has(element: LexborNode, selector: str) -> bool:
    return element.css_first(selector) is not None


def _label_drawings(main: LexborNode) -> None:
    """Move each drawing's description to its `aria-label`: a PDF gets none by reference."""
    for drawing in main.css("svg[aria-labelledby]"):
        names = (drawing.attributes.get("aria-labelledby") or "").split()
        found = [main.css_first(f'[id="{name}"]') for name in names]
        drawing.attrs["aria-label"] = " ".join(tree.words(each) for each in found if each)
        del drawing.attrs["aria-labelledby"]
        for each in drawing.css("title, desc"):
            each.decompose()


def _lead(main: LexborNode, name: str, places: Mapping[str, str]) -> None:
    """Put the page's name before its ids and references to them; have links lead within the pack.

    A link to a file that is not in the pack loses its address.
    """
    for each in main.css("[id]"):
        each.attrs["id"] = f"{name}.{each.id}"
    for attribute in REFERRING:
        for each in main.css(f"[{attribute}]"):
            ids = (each.attributes[attribute] or "").split()
            each.attrs[attribute] = " ".join(f"{name}.{one}" for one in ids)
    for link in main.css("a[href]"):
        href = link.attributes["href"] or ""
        whole = f"{name}.html{href}" if href.startswith("#") else href
        if whole in places:
            link.attrs["href"] = places[whole]
        elif ":" not in href:
            del link.attrs["href"]
