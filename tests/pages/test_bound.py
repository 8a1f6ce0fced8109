"""The pages of a pack as one document: nothing twice, and every link leads within it."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from scorecard.pages import bound
from scorecard.pages.links import Linked
from support import sample_notebook as sample

KEY = (
    '<div class="block"><div class="prose"><h2 id="key">Key</h2></div></div><div class="block">'
    '<dl class="key"><div><dt>R</dt><dd>red</dd></div>{}</dl><h3 id="glossary">Glossary</h3>'
    '<dl class="glossary"><div><dt>CIC</dt><dd>children in care</dd></div></dl></div>'
)
NOTES = (
    '<h2 id="sources">Sources</h2><div class="block"><div class="footnotes">'
    "<p>Figures marked [e] are estimates.</p><p>{}</p></div></div>"
)
CHART = (
    '<figure class="figure"><svg role="img" viewBox="0 0 1 1" aria-labelledby="d"><desc id="d">'
    'It rose.</desc></svg></figure><p><a href="#glossary">Glossary</a></p>'
)
TABLE = (
    '<div class="table-scroll wide"><table><tr><th id="h">Result</th></tr><tr><td headers="h">1'
    '</td></tr></table></div><a href="one.html#h2">One</a><a href="gone.csv">Gone</a>'
)
ONE = (
    '<main class="paper"><h1>One</h1><div class="wayfinding">Contents</div><h2 id="h2">Trend</h2>'
    f'{CHART}{KEY.format("")}{NOTES.format("The target rose.")}<a href="two.html">Two</a></main>'
)
TWO = (
    f'<main><h1>Two</h1><h2 id="h2">All</h2>{TABLE}<h2 id="t">Trend</h2>{CHART}'
    f"{KEY.format('<div><dt>G</dt><dd>green</dd></div>')}{NOTES.format('Only here.')}</main>"
)


def test_a_section_whose_notes_are_all_printed_already_is_left_out():
    notes = (
        '<div class="block"><h2 id="s">Sources</h2></div>'
        '<div class="block"><div class="footnotes"><p>Estimates.</p></div></div>'
    )
    pages = [Linked(n, n, f"<main><h1>{n}</h1>{notes}</main>") for n in ("one", "two")]
    first, second = bound.bind(pages).parts
    assert first.sections == [("one.s", "Sources")]
    assert (second.sections, second.pieces) == ([], [(False, "<h1>two</h1>")])


@pytest.fixture
def made():
    pages = [Linked("one", "A &amp; one", ONE), Linked("two", "Two", TWO)]
    parts = bound.bind(pages)
    html = bound.document(sample.ABOUT, parts, ["Three"], {"two": 7, "two.t": 8})
    return parts, BeautifulSoup(html, "html.parser")


def test_ids_are_unique_and_every_link_leads_to_one(made):
    _, soup = made
    ids = [each["id"] for each in soup.select("[id]")]
    assert len(set(ids)) == len(ids)
    assert {"one.h2", "two.h2", "two.t", "key", "glossary"} <= set(ids)
    links = [each["href"] for each in soup.select("a[href]")]
    assert {link[1:] for link in links} <= set(ids)
    assert {"#two", "#one.h2", "#glossary"} <= set(links)
    assert soup.find("a", string="Gone").get("href") is None, "a download is not in the document"
    assert soup.select_one("td[headers]")["headers"] == ["two.h"]


def test_key_and_glossary_are_there_once_with_the_entries_of_all(made):
    _, soup = made
    assert [each.get_text() for each in soup.select("dl.key dt")] == ["R", "G"]
    assert [each.get_text() for each in soup.select("dl.glossary dt")] == ["CIC"]
    words = [each.get_text() for each in soup.select("h1, h2, h3")]
    assert (words.count("Key"), words.count("Glossary")) == (1, 1)


def test_notes_are_printed_once_and_later_pages_name_where(made):
    _, soup = made
    notes = [each.get_text() for each in soup.select(".footnotes p")]
    assert notes[:2] == ["Figures marked [e] are estimates.", "The target rose."]
    assert notes[2:] == [
        "More notes on these figures are at the end of A & one.", "Only here.",
    ]  # fmt: skip
    assert soup.select(".footnotes a")[0]["href"] == "#one.sources"


def test_a_drawing_has_its_description_itself(made):
    _, soup = made
    assert [each.get("aria-label") for each in soup.select("svg[role]")] == ["It rose."] * 2
    assert not soup.select("desc, svg[aria-labelledby]")


def test_sheets_are_turned_for_wide_tables_only(made):
    parts, soup = made
    assert [[turned for turned, _ in part.pieces] for part in parts.parts] == [
        [False], [True, False],
    ]  # fmt: skip
    style = "".join(each.get_text() for each in soup.select("style"))
    assert re.search(r"@page sheets-two-across \{ size: A4 landscape", style)
    assert '@top-right { content: "A & one"' in style


def test_the_contents_name_the_sheets_and_what_is_not_in_the_pack(made):
    _, soup = made
    lines = {a["href"]: a.select_one(".sheet").get_text() for a in soup.select(".sheets a")}
    assert (lines["#two"], lines["#two.t"], lines["#one"]) == ("7", "8", "")
    assert "#one.key" not in lines
    assert "Not in this pack: Three." in soup.get_text()
    assert "Contents" not in soup.select_one("#one").get_text(), "the page's own are left out"
    assert "paper" in soup.select_one("#one")["class"]
