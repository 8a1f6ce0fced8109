"""The texts of a page that code has written, and the place of each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from support.page_figures import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4 import Tag

    from support.rederiving.pages import Page


class Claim(NamedTuple):
    """A text of a page, and its place: the heading, figure or table that it belongs to."""

    text: str
    kind: str
    place: str


UNREAD = {
    "prose", "commentary", "key", "glossary", "title-block", "expansion", "downloads",
    "attention-list", "facts", "roles", "sideways", "onward",
}  # fmt: skip
"""What no code wrote, what is the same every month, and what is for the operator."""


def claims(page: Page) -> Iterator[Claim]:
    """Every generated text of a page, in its order."""
    place = ""
    for each in _walk(page.soup.main):
        if each.get("id") and (each.name in ("h3", "figure", "table") or _is_appendix(each)):
            place = each["id"]
        kind = _kind(each)
        said = each["aria-label"] if kind in ("label", "spark") else kind and text_of(each)
        if said:
            yield Claim(said, kind, _place(each, kind, place))


def _walk(top: Tag) -> Iterator[Tag]:
    """The elements below `top` that can hold a generated text; of tables captions and drawings."""
    for each in top.find_all(recursive=False):
        if each.name in ("nav", "header") or not UNREAD.isdisjoint(each.get("class", ())):
            continue
        yield each
        if each.name == "table":
            yield each.caption
            yield from each.select("svg.spark")
        elif each.name != "svg" or "chart" in each.get("class", ()):
            yield from _walk(each)


def _is_appendix(each: Tag) -> bool:
    """Whether an element is the entry of an appendix in the month's index."""
    return "appendix" in each.get("class", [])


def _kind(each: Tag) -> str:
    """What sort of text an element holds; empty for one whose parts are read by themselves."""
    css = each.get("class", [])
    if "note" in css and "appendix-what" in each.parent.get("class", []):
        return ""  # what the council says of an appendix
    if each.get("aria-label") and each.name != "nav":
        return "spark" if "spark" in css else "label"
    if each.name == "dd":
        return "note"
    if each.name == "li" and each.get("data-rating"):
        return each["data-rating"]
    if each.name == "li" and "-note-" in each.get("id", ""):
        return "explanation"
    if each.name == "li":
        return "" if each.find(["p", "li"]) or each.find_parent(class_="download-list") else "text"
    if each.name == "p" and each.find_parent(class_="footnotes"):
        return "footnote"
    if each.name == "p":
        return {"figure-title": "title", "figure-subtitle": "subtitle"}.get(" ".join(css), "text")
    return each.name if each.name in ("desc", "caption", "summary") else ""


def _place(each: Tag, kind: str, place: str) -> str:
    """The place of a text: of a sparkline unit and code, of a data note code and term."""
    if kind == "note":
        term = each.find_previous_sibling("dt")
        badge = term.select_one(".badge")
        return f"{noted(place)}/{badge['data-rating'] if badge else term.get_text()}"
    if kind == "explanation":
        return each["id"]
    if kind == "spark":
        row, table = each.find_parent("tr"), each.find_parent("table")
        code = row.get("data-code") or re.match(r"areas-(.+)-table", table["id"])[1]
        return f"{row['data-unit']}/{code}"
    return place


def text_of(each: Tag) -> str:
    """The words of an element without the abbreviations that it explains."""
    return " ".join("".join(texts(each, UNREAD)).split())


def noted(place: str) -> str:
    """The indicator of a table or a chart, or of the data notes after it; empty without one."""
    found = re.fullmatch(
        r"(?:exception|areas|trend)-(.+?)(?:(?:-chart)?(?:-months)?-data|-trend)?(?:-table)?", place
    )
    return found[1] if found else ""
