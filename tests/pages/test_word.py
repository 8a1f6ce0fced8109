"""A Word document of a piece of page: headings, numbered paragraphs, lists, tables, the logo."""

from __future__ import annotations

import base64
import io
from dataclasses import replace
from importlib import import_module

import pytest
from docx import Document
from docx.oxml.ns import qn

from scorecard.pages.appendix import MAKERS, render
from scorecard.pages.word import document
from scorecard.params.brand import Brand
from scorecard.params.reports import MadeAs
from support import sample_notebook as sample

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

PARAGRAPHS = """<ol class="paragraphs">
<li>First<ul><li>x</li></ul></li>
<li><b>Second:</b> then<div><p>more</p><ul><li>y</li></ul></div></li>
</ol>"""


def made(html, about=sample.ABOUT):
    return Document(io.BytesIO(document(html, about)))


def written(html) -> list[tuple[str, str]]:
    return [(each.style.name, each.text) for each in made(html).paragraphs if each.text]


def test_what_an_appendix_is_made_as_is_offered_before_its_other_files():
    page = render(sample.full(), replace(sample.ABOUT, made_as=("word",)))
    other = render(sample.full(), sample.ABOUT)
    name = f"{sample.ABOUT.name}.docx"

    assert page.files.keys() - other.files.keys() == {name}
    assert (page.downloads[0].href, page.downloads[0].size) == (name, len(page.files[name]))
    assert page.downloads[1:] == other.downloads


def test_each_key_of_what_an_appendix_is_made_as_has_its_module():
    assert MAKERS.keys() == MadeAs.model_fields.keys()
    for module in MAKERS.values():
        assert callable(import_module(module).made)


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<h1>A</h1><div><h2>B</h2><h3>C <b>d</b></h3></div><h4>E</h4>",
         [("Title", "A"), ("Heading 1", "B"), ("Heading 2", "C d"), ("Heading 3", "E")]),
        ("<p>One\n  <em>and</em> two.</p><svg><text>No</text></svg>", [("Normal", "One and two.")]),
        ("<ul><li>a</li><li>b</li></ul><ol><li>c</li></ol>",
         [("List Bullet", "a"), ("List Bullet", "b"), ("List Number", "c")]),
        (PARAGRAPHS,
         [("Numbered Paragraph", "First"), ("List Bullet 2", "x"),
          ("Numbered Paragraph", "Second: then"), ("Commentary", "more"), ("List Bullet 2", "y")]),
        ("<dl><div><dt>From</dt><dd>Me</dd></div></dl>", [("Normal", "From: Me")]),
        ('<p><span aria-hidden="true">G</span><span class="visually-hidden">Green</span></p>',
         [("Normal", "Green")]),
    ],
)  # fmt: skip
def test_each_kind_of_text_has_its_style(html, found):
    assert written(html) == found


def test_bold_and_italic_words_stay_so():
    (paragraph,) = made("<p>a <strong>b</strong> <em>c</em></p>").paragraphs

    assert [(run.text, run.bold, run.italic) for run in paragraph.runs if run.text.strip()] == [
        ("a ", None, None), ("b", True, None), ("c", None, True)
    ]  # fmt: skip


def test_a_table_has_its_caption_marked_head_and_joined_cells():
    html = (
        "<table><caption>Totals</caption><thead><tr><th>A</th><th>B</th></tr></thead><tbody>"
        '<tr><th colspan="2">All</th></tr><tr><td>1</td><td>2</td></tr>'
        '<tr class="group"><td></td><th>Group</th></tr></tbody></table>'
    )
    found = made(html)
    (table,) = found.tables
    marked = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]

    assert found.paragraphs[0].style.name == "Caption"
    assert marked == [True, False, False, False]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["A", "B"], ["All", "All"], ["1", "2"], ["Group", "Group"]
    ]  # fmt: skip
    assert [len(row._tr.tc_lst) for row in table.rows] == [2, 1, 2, 1]


def test_numbers_go_on_from_one_paragraph_to_the_next_below_their_heading():
    found = made('<h2>B</h2><ol class="paragraphs"><li>a</li></ol>')
    places = [
        [found.styles[name].element.pPr.numPr.find(qn(f"w:{part}")) for part in ("numId", "ilvl")]
        for name in ("Heading 1", "Numbered Paragraph")
    ]
    ids = {each[0].val for each in places}

    assert len(ids) == 1
    assert places[0][1] is None
    assert places[1][1].val == 1


def test_the_logo_has_words_for_whoever_cannot_see_it():
    logo = f"data:image/png;base64,{base64.b64encode(DOT).decode()}"
    found = made(
        "<p>a</p>", replace(sample.ABOUT, brand=Brand(logo=logo, logo_text="A white horse"))
    )
    (drawn,) = found.sections[0].header.paragraphs[0]._p.iter(qn("wp:docPr"))

    assert drawn.get("descr") == "A white horse"
    assert "Midshire County Council" in found.sections[0].header.paragraphs[0].text


def test_the_same_page_gives_the_same_bytes():
    html = "<h1>A</h1><p>b</p>"

    assert document(html, sample.ABOUT) == document(html, sample.ABOUT)
