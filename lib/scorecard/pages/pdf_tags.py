"""The tags of a PDF, for screen readers: Chromium's, amended as PDF/UA-1 (ISO 14289-1) requires.

Chromium tags the elements of a page. It leaves decoration unmarked, uses tags that PDF 1.7 does not
have, puts the parts of a list's items directly into the items, and gives links no words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

from scorecard.pages import tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from pypdf import PdfWriter

    Operation = tuple[list[Any], bytes]

MARKED = {b"BDC", b"BMC"}
"""Operators that open a marked part of a sheet; `EMC` closes it."""
SHAPES = {b"m", b"l", b"c", b"v", b"y", b"h", b"re", b"W", b"W*"}
"""Operators that build a shape: one of `PAINTS` then paints it, or `n` ends it unpainted."""
PAINTS = {b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"sh"}


def amend(writer: PdfWriter, page: Path) -> None:
    """Amend the tags of a document that was printed from the HTML file `page`."""
    found = [*_dictionaries(writer)]
    _figures_are_drawings(found)
    _items_have_bodies(found, writer)
    _tags_are_known(writer)
    _links_are_those_of(page, writer)
    _number_cells_anew(found)
    for sheet in writer.pages:
        content = sheet.get_contents()
        if content is not None:
            content.operations = _marked(content.operations)
            sheet.replace_contents(content)
            sheet.compress_content_streams()


def _marked(operations: list[Operation]) -> list[Operation]:
    """The operations of a sheet, with each untagged shape and text marked as an artifact.

    Screen readers skip artifacts: lines, backgrounds, the axes of drawings, and the headings and
    numbers of sheets. PDF/UA-1, 7.1: content is either tagged or an artifact.
    """
    depth = 0
    kept: list[Operation] = []
    made: list[Operation] = []
    for operation in operations:
        operator = operation[1]
        depth += (operator in MARKED) - (operator == b"EMC")
        kept.append(operation)
        if operator in SHAPES or (kept[0][1] == b"BT" and operator != b"ET"):
            continue  # the shape or the text continues
        if not depth and operator in PAINTS | {b"ET"} and not _has_tags(kept):
            kept = [([NameObject("/Artifact")], b"BMC"), *kept, ([], b"EMC")]
        made += kept
        kept = []
    return made + kept


def _has_tags(operations: list[Operation]) -> bool:
    return any(operator in MARKED for _, operator in operations)


def _figures_are_drawings(found: list[DictionaryObject]) -> None:
    """Keep the tag `/Figure` for drawings, which have a text alternative.

    Chromium also gives it to a `figure`, which holds a drawing, its title and its table. A screen
    reader announces a figure without a text alternative as one without a description.
    """
    for each in found:
        if each.get("/S") == "/Figure" and "/Alt" not in each:
            each[NameObject("/S")] = NameObject("/Sect")


def _items_have_bodies(found: list[DictionaryObject], writer: PdfWriter) -> None:
    """Put everything in an item of a list, except its label (a number or dot), into a body.

    PDF 1.7, 14.8.4.3.3: an item has a label and a body.
    """
    for item in found:
        inside = item.get("/K") if item.get("/S") == "/LI" else None
        if inside is None:
            continue
        parts = inside if isinstance(inside, ArrayObject) else [item.raw_get("/K")]
        labels = [each for each in parts if _tag(each) == "/Lbl"]
        others = [each for each in parts if _tag(each) != "/Lbl"]
        body = writer._add_object(
            DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/StructElem"),
                    NameObject("/S"): NameObject("/LBody"),
                    NameObject("/P"): item.indirect_reference,
                    NameObject("/K"): ArrayObject(others),
                }
            )
        )
        for each in others:
            part = each.get_object()
            if isinstance(part, DictionaryObject) and "/P" in part:
                part[NameObject("/P")] = body
        item[NameObject("/K")] = ArrayObject([*labels, body])


def _tag(part: Any) -> Any:
    """The tag of a part of the tree of tags; None for content."""
    found = part.get_object()
    return found.get("/S") if isinstance(found, DictionaryObject) else None


def _tags_are_known(writer: PdfWriter) -> None:
    """Map the tags of stressed words to `/Span`, for readers that know only the tags of PDF 1.7."""
    tags = writer.root_object.get("/StructTreeRoot")
    if tags is not None:
        known = {NameObject(each): NameObject("/Span") for each in ("/Strong", "/Em")}
        tags.get_object()[NameObject("/RoleMap")] = DictionaryObject(known)


def _links_are_those_of(page: Path, writer: PdfWriter) -> None:
    """Give each link the address and the words that it has on the page.

    Chromium puts the folder of this machine before the address of another page of the pack, and
    gives a link no words for a screen reader.
    """
    links = [each for each in tree.of_page(page.read_text(encoding="utf-8")) if each.tag == "a"]
    words = {each.attributes.get("href"): tree.words(each) for each in reversed(links)}
    here = f"{page.parent.as_uri()}/"
    for sheet in writer.pages:
        for reference in sheet.get("/Annots", ()):
            link = reference.get_object()
            if "/Dest" in link:
                address = f"#{str(link['/Dest']).removeprefix('/')}"
            else:
                address = str(link["/A"]["/URI"]).removeprefix(here)
                link["/A"][NameObject("/URI")] = TextStringObject(address)
            link[NameObject("/Contents")] = TextStringObject(words.get(address) or address)


def _number_cells_anew(found: list[DictionaryObject]) -> None:
    """Renumber the cells that others name as their headings, in the order of Chromium's numbers.

    Chromium's numbers depend on what it made before, so the same page can get different ones.
    """
    known = sorted({str(each["/ID"]) for each in found if "/S" in each and "/ID" in each})
    numbers = {name: TextStringObject(f"cell{n:08}") for n, name in enumerate(known)}

    def renamed(value: object) -> object:
        if isinstance(value, ArrayObject):
            value[:] = [renamed(each) for each in value]
        elif isinstance(value, DictionaryObject):
            for key in ("/ID", "/Headers", "/Names", "/Limits", "/A"):
                if key in value:
                    value[NameObject(key)] = renamed(value.raw_get(key))
        return numbers.get(value, value) if isinstance(value, str) else value

    for each in found:
        renamed(each)


def _dictionaries(writer: PdfWriter) -> Iterator[DictionaryObject]:
    """The dictionaries of a document, such as tags, links and sheets."""
    for number in range(1, len(writer._objects) + 1):
        each = writer.get_object(number)
        if isinstance(each, DictionaryObject):
            yield each
