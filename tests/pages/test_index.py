"""The month's index page."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from scorecard.months import Month
from scorecard.outputs import Headline
from scorecard.pages import index
from scorecard.pages.appendix import render
from scorecard.pages.page import Link, Page
from scorecard.params.month import PreviousPack
from support import sample_notebook as sample

HOME = sample.changed(name="index", title="Performance pack", letter=None)
CHANGES = ("Indicator 7 went from Green to Amber.",)


@pytest.fixture(scope="module")
def pages():
    plain = Page(sample.changed(name="plain", title="Plain & simple", letter=None), html="")
    changed = Headline(
        "All is well.", {"green": 2, "amber": 1, "red": 0}, CHANGES, change_count="1 changed."
    )
    return [render(sample.full(), sample.ABOUT), plain, Page(sample.changed(name="b"), "", changed)]


def read(html):
    return BeautifulSoup(html, "html.parser")


def test_the_previous_report_is_linked_where_its_address_is_known(pages):
    previous = PreviousPack(Month(2016, 7), "../2016-07/index.html")
    soup = read(index.render(replace(HOME, previous=previous), pages))
    assert soup.select_one('footer a[href="../2016-07/index.html"]').get_text() == "July 2016"
    assert "Previous" not in read(index.render(HOME, pages)).footer.get_text()


def test_every_appendix_is_listed_and_linked_in_order(pages):
    soup = read(index.render(HOME, pages))
    links = {a["href"]: a.get_text() for a in soup.select(".appendix h3 a")}
    assert links == {
        "sample.html": "Appendix A: Performance scorecard",
        "plain.html": "Plain & simple",
        "b.html": "Appendix A: Performance scorecard",
    }


def test_ratings_are_drawn_and_in_words(pages):
    soup = read(index.render(HOME, pages))
    widths = [rect["width"] for rect in soup.select("#b rect")]
    assert widths == ["20", "10"]
    said = [item.get_text(" ", strip=True) for item in soup.select("#b .rating-counts li")]
    assert said == ["2 Green", "1 Amber", "0 Red"]
    assert not soup.select("#plain .rating-bar")


def test_a_caution_is_above_the_sentence_it_is_about():
    warned = Headline("All is well.", {"green": 2}, cautions=["2 of 2 results are guesses."])
    soup = read(index.render(HOME, [Page(sample.changed(name="b"), "", warned)]))
    found = [each.get_text() for each in soup.select("#b p:not(.note)")]
    assert found[:2] == ["2 of 2 results are guesses.", "All is well."]


def test_changed_ratings_are_counted_and_listed(pages):
    soup = read(index.render(HOME, pages))
    assert [item.get_text() for item in soup.select("#b .changes li")] == list(CHANGES)
    assert soup.select_one("#b .appendix-changes .note").get_text() == "1 changed."
    assert not soup.select("#sample .appendix-changes"), "nothing is said, so nothing is claimed"


def test_that_no_rating_changed_is_worded_as_in_the_appendix(pages):
    none = Headline("All is well.", {"green": 2}, change_count="Nothing can be compared.")
    soup = read(index.render(HOME, [Page(sample.changed(name="b"), "", none)]))
    assert soup.select_one("#b .appendix-changes .note").get_text() == "Nothing can be compared."
    assert not soup.select("#b .changes")


def test_what_needs_attention_is_listed_under_its_appendix(pages):
    soup = read(index.render(HOME, pages))
    found = [each.get_text() for each in soup.select(".attention-list > *")]
    assert found == ["Appendix A: Performance scorecard", "Indicator 2 has no commentary."]
    assert not read(index.render(HOME, pages[1:])).select(".attention-list")


def test_downloads_are_linked_with_kind_and_size(pages):
    pdf = Link("sample.pdf", "The page to print", "PDF", 123_456)
    soup = read(index.render(HOME, pages, editions={"sample": [pdf]}))
    links = [(a["href"], a.get_text()) for a in soup.select("#sample .download-list a")]
    assert links[0] == ("sample.pdf", "The page to print (PDF, 123 KB)")
    assert links[1][0] == "downloads/sample.xlsx"


def test_the_pdf_of_the_pack_comes_before_the_appendices(pages):
    whole = Link("pack.pdf", "The whole pack to print", "PDF", 6_000_000)
    (link, *_) = read(index.render(HOME, pages, whole=[whole])).select("main a")
    assert (link["href"], link.get_text()) == (
        "pack.pdf", "The whole pack to print (PDF, 6.0 MB)",
    )  # fmt: skip


def test_a_missing_appendix_is_named_with_its_reason(pages):
    gone = index.Missing(sample.changed(name="gone", title="Gone"), "the notebook failed in cell 3")
    soup = read(index.render(HOME, pages, [gone]))
    assert "Appendix A: Gone: the notebook failed in cell 3" in soup.select_one(".panel").get_text()
    assert not soup.find("a", href="gone.html")
    assert not read(index.render(HOME, pages)).select(".panel")


def test_headings_do_not_skip_a_level(pages):
    gone = index.Missing(sample.ABOUT, "x")
    levels = [
        int(each.name[1])
        for each in read(index.render(HOME, pages, [gone])).main.find_all(["h1", "h2", "h3", "h4"])
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
