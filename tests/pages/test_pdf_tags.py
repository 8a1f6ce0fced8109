"""What a printed page says to a screen reader, as PDF/UA-1 asks."""

from __future__ import annotations

import re

import pytest
from pypdf import PdfReader

from scorecard.pages import pdf, pdf_tags
from scorecard.pages.appendix import render
from support import sample_notebook as sample
from support.browser_paper import elements

TAGS = set(
    "Document Sect P H1 H2 H3 H4 L LI Lbl LBody Table TR TH TD Caption Figure Link Span NonStruct "
    "THead TBody TFoot Div BlockQuote Quote Code Note Part Art".split()
)
"""Those of PDF 1.7 (14.8.4) that a page may use."""
SEEN = {b"Tj", b"TJ", b"f", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"sh", b"Do"}
"""Operators after which there is something on a sheet."""

LISTS = """<ol><li><strong>One</strong>, <em>two</em> and <a href="#x">three</a></li></ol>
<ul class="plain"><li>Four</li></ul>"""


@pytest.fixture(scope="module")
def printed(tmp_path_factory, chromium):
    page = tmp_path_factory.mktemp("print") / "sample.html"
    html = render(sample.full(), sample.ABOUT).html
    page.write_text(html.replace("</main>", f"{LISTS}</main>"), encoding="utf-8")
    return pdf.print_pages([page], chromium)[0]


def marks(sheet):
    """Of each operator after which there is something on a sheet: which marks it is within."""
    around = []
    for operands, operator in sheet.get_contents().operations:
        if operator in (b"BDC", b"BMC"):
            around.append("artifact" if operands[0] == "/Artifact" else "tag")
        elif operator == b"EMC":
            around.pop()
        elif operator in SEEN:
            yield operator, tuple(around)
    assert around == []


def test_what_is_on_a_sheet_is_either_tagged_or_an_artifact(printed):
    for sheet in PdfReader(printed).pages:
        found = [*marks(sheet)]
        assert {around for _, around in found} == {("tag",), ("artifact",)}
        assert (b"Tj", ("artifact",)) in found, "the number of the sheet"
        assert (b"Tj", ("tag",)) in found, "its text"


def test_a_text_that_holds_tags_is_no_artifact():
    def operations(names):
        return [([], name.encode()) for name in names.split()]

    def marked(names):
        return [operator.decode() for _, operator in pdf_tags._marked(operations(names))]

    assert marked("q BT BDC Tj EMC ET re f Q") == "q BT BDC Tj EMC ET BMC re f EMC Q".split()
    assert marked("re W n BDC re f BT Tj ET EMC") == "re W n BDC re f BT Tj ET EMC".split()


def test_each_tag_is_one_of_pdf_1_7_and_items_of_lists_have_a_body(printed):
    reader = PdfReader(printed)
    root = reader.trailer["/Root"]["/StructTreeRoot"]
    found = [*elements(reader)]
    tags = {root["/RoleMap"].get(each["/S"], each["/S"])[1:] for _, each in found}
    assert {"H1", "Table", "TH", "Figure", "LI", "Lbl", "Span"} <= tags <= TAGS
    assert {each["/S"] for parent, each in found if parent == "/LI"} <= {"/Lbl", "/LBody"}
    for parent, each in found:
        assert each["/P"].get("/S", "") == parent, "a tag knows which it is in"


def test_a_pdf_says_that_it_is_made_for_screen_readers(printed):
    metadata = PdfReader(printed).xmp_metadata
    assert list(metadata.get_element("", "http://www.aiim.org/pdfua/ns/id/", "part"))


def test_cells_name_the_cells_that_head_them_and_are_numbered_from_one_end_to_the_other(printed):
    content = printed.read_bytes()
    numbered = {*re.findall(rb"/ID \((.*?)\)", content)}
    heads = {*re.findall(rb"\((.*?)\)", b"".join(re.findall(rb"/Headers \[(.*?)\]", content)))}
    tree = {*re.findall(rb"\((\w+)\)", b"".join(re.findall(rb"/Names \[(.*?)\]", content, re.S)))}

    assert numbered == {b"cell%08d" % n for n in range(len(numbered))}
    assert heads
    assert heads <= numbered <= tree


LINKED = """<!doctype html><html lang="en"><title>Links</title>
<a href="#below">The part below</a> <a href="other.html#17">Another page</a>
<a href="https://example.org/x">Elsewhere</a><h2 id="below">Below</h2></html>"""


def test_a_link_has_its_own_address_and_words_in_whatever_folder_it_is_printed(tmp_path, chromium):
    pages = [tmp_path / folder / "page.html" for folder in ("here", "there é")]
    for page in pages:
        page.parent.mkdir()
        page.write_text(LINKED, encoding="utf-8")
    first, second = pdf.print_pages(pages, chromium)
    (sheet,) = PdfReader(first).pages
    links = [each.get_object() for each in sheet["/Annots"]]

    assert {each["/Contents"]: each.get("/Dest") or each["/A"]["/URI"] for each in links} == {
        "The part below": "/below",
        "Another page": "other.html#17",
        "Elsewhere": "https://example.org/x",
    }
    assert first.read_bytes() == second.read_bytes()
