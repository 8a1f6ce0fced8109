"""The cover reports of both councils: the page and the Word document have the same texts."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from scorecard.months import Month
from scorecard.workbook import Workbook
from support import council, quick
from support.places import REPOSITORY

BLOCKS = ("h1", "h2", "h3", "h4", "p", "li", "caption", "th", "td")


@pytest.fixture(scope="module")
def county():
    """The cover reports of the county by name, and the panel's page."""
    made = quick.pages(Workbook.at(REPOSITORY), Month(2016, 8), ["cover", "children_in_care"])
    return {name: page for name, page in made.items() if name != "index"}


@pytest.fixture(scope="module")
def pages(county, tmp_path_factory):
    fenwold = council.copy(tmp_path_factory.mktemp("fenwold") / "workbook")
    (cover,) = quick.appendices(fenwold, Month(2024, 6), notebooks=["cover"])
    return {**county, "fenwold": cover[1]}


def spaced(text: str) -> str:
    return " ".join(text.split())


def read_page(page) -> list[str]:
    """Each text of a page in its order: paragraphs, items of lists, terms, cells."""
    main = BeautifulSoup(page.html, "html.parser").main
    for each in main.select(".wayfinding, [aria-hidden=true], nav, .number, .sideways"):
        each.decompose()
    found = []
    for each in main.find_all([*BLOCKS, "div"]):
        if each.name == "div":
            if each.parent.name == "dl":
                found.append(f"{spaced(each.dt.get_text())}: {spaced(each.dd.get_text())}")
            continue
        inner = list(each.find_all([*BLOCKS, "ul", "ol", "dl", "div"]))
        for part in inner:
            part.extract()
        found.append(spaced(each.get_text()))
        each.extend(inner)
    return [text for text in found if text]


def read_document(page) -> list[str]:
    """Each text of a Word document in its order."""
    found = []
    for element in word(page).element.body:
        if element.tag == qn("w:p"):
            found.append(Paragraph(element, None).text)
        elif element.tag == qn("w:tbl"):
            found += [Paragraph(paragraph, None).text for paragraph in element.iter(qn("w:p"))]
    return [text for text in found if text]


def word(page):
    return Document(io.BytesIO(page.files[f"{page.about.name}.docx"]))


NAMES = ["cover", "cover-children-in-care", "fenwold"]


@pytest.mark.parametrize("name", NAMES)
def test_page_and_document_have_the_same_texts_in_the_same_order(pages, name):
    texts = read_page(pages[name])

    assert len(texts) > 25
    assert read_document(pages[name]) == texts


def test_the_document_has_real_headings_numbers_lists_and_marked_rows(pages):
    document = word(pages["cover"])
    styles = [each.style.name for each in document.paragraphs]
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    numbering = document.part.numbering_part.element
    levels = {
        level.find(qn("w:pStyle")).get(qn("w:val")): level.find(qn("w:lvlText")).get(qn("w:val"))
        for level in numbering.iter(qn("w:lvl"))
        if level.find(qn("w:pStyle")) is not None
    }

    assert headings[:3] == ["Summary", "Recommendation", "Introduction"]
    assert styles.count("Title") == 1
    assert styles.count("Numbered Paragraph") > 30
    assert "List Bullet" in styles or "List Bullet 2" in styles
    assert levels["Heading1"] == "%1."
    assert levels["NumberedParagraph"] == "%1.%2"
    for table in document.tables:
        first = table.rows[0]._tr
        assert first.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_the_document_says_its_title_author_and_language(pages):
    document = word(pages["fenwold"])

    assert document.core_properties.title == pages["fenwold"].about.window_title
    assert document.core_properties.author == "Fenwold Borough Council"
    assert document.core_properties.language == "en-GB"
    assert {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))} == {
        "en-GB"
    }


def test_the_document_comes_first_among_the_downloads_and_is_a_file_of_the_pack(pages):
    page = pages["cover"]
    first = page.downloads[0]

    assert (first.href, first.kind) == ("cover.docx", "Word")
    assert first.size == len(page.files["cover.docx"])
    assert 'href="cover.docx"' in page.html


def test_sections_and_paragraphs_have_numbers_that_a_search_finds(pages):
    main = BeautifulSoup(pages["cover"].html, "html.parser").main
    headings = [spaced(each.get_text()) for each in main.select(".prose h2")]
    section = paragraph = 0
    expected = []
    for each in main.select(".prose h2, .paragraphs > li"):
        section, paragraph = (section + 1, 0) if each.name == "h2" else (section, paragraph + 1)
        expected.append(f"{section}.{paragraph}" if paragraph else f"{section}.")

    assert headings[:2] == ["1. Summary", "2. Recommendation"]
    assert [spaced(each.get_text()) for each in main.select(".number")] == expected
    assert expected[:6] == ["1.", "1.1", "1.2", "1.3", "2.", "2.1"]
    assert all(each.parent.contents[0] is each for each in main.select(".number"))


def test_each_file_in_the_document_has_the_same_time(pages):
    with ZipFile(io.BytesIO(pages["cover"].files["cover.docx"])) as packed:
        assert {each.date_time for each in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_paragraph_begins_as_the_panel_of_its_indicator_does(pages):
    """The sentences of panels are written again from their tables by another test."""
    panels = BeautifulSoup(pages["children-in-care"].html, "html.parser")
    cover = BeautifulSoup(pages["cover-children-in-care"].html, "html.parser")
    compared = 0
    for number in cover.select(".number"):
        number.decompose()
    for item in cover.select(".paragraphs > li:has(strong)"):
        code = item.strong.get_text().rpartition("(")[2].partition(")")[0]
        sentence = panels.select_one(f"#indicator-{code} + p")
        for each in sentence.select(".expansion"):
            each.decompose()
        said = spaced(item.get_text()).removeprefix(spaced(item.strong.get_text())).strip()
        assert said.startswith(spaced(sentence.get_text())), code
        compared += 1

    assert compared == 5


def test_the_cover_of_august_2016(pages):
    texts = read_page(pages["cover"])

    assert texts[2:8] == [
        "From: Cabinet Member for Children's Services and Director of Children's Services",
        "To: Children's Social Care and Health Cabinet Committee, 10 November 2016",
        "Subject: Children's services performance, August 2016",
        "Classification: Unrestricted",
        "Summary",
        "45 indicators are rated: 22 Green, 20 Amber and 3 Red.",
    ]
    moved = "14 indicators rated Amber or Red improved, 1 stayed the same and 8 declined."
    assert f"Since July 2016, {moved}" in texts
    assert sum("), Amber: " in text or "), Red: " in text for text in texts) == 23
