"""Notes: commentary that can't break the page, data notes, and what is owed for provenance."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from scorecard.errors import ScorecardError
from scorecard.months import Month
from scorecard.outputs import Note
from scorecard.pages import publishable
from scorecard.report.notes import commentary, data_notes, provenance_notes
from support.figures import figure
from support.workbooks import make_workbook

THIS = Month(2016, 8)


@pytest.fixture
def write(tmp_path):
    """Writes the commentary on indicator h and returns it as a page would hold it."""
    workbook = make_workbook(tmp_path, {})
    path = workbook.commentary(THIS, "h")
    path.parent.mkdir(parents=True)

    def written(text: str | bytes) -> BeautifulSoup:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return BeautifulSoup(commentary(workbook, THIS, "h"), "html.parser")

    return written


def test_markdown_becomes_html(write):
    page = write("It rose, **a lot**.\n\n- one\n- two\n")

    assert page.strong.get_text() == "a lot"
    assert [li.get_text() for li in page.select("li")] == ["one", "two"]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <b onmouseover='x'>b</b>",
        "[click](javascript:alert(1))",
        "[click](data:text/html;base64,x)",
        "<https://ok.example/<script>>",
        "[a](<javascript:alert(1)>)",
        '[a](https://ok.example "\\" onclick=\\"x")',
    ],
)
def test_nothing_in_it_can_run_or_fetch_anything(write, text):
    page = write(text)

    assert not page.select("script, img, iframe, style, b, link, object")
    for tag in page.select("*"):
        assert not [name for name in tag.attrs if name.startswith("on")]
        assert str(tag.get("href", "https:")).startswith("https:")


def test_a_link_whose_title_looks_like_a_script_is_published(write):
    page = write('[the report](https://ok.example " onmouseover=alert(1) style=x")')

    assert page.a["title"] == " onmouseover=alert(1) style=x"
    publishable.check_markup("cell 1", str(page))


@pytest.mark.parametrize("picture", ["![areas](https://ok.example/x.png)", "> - a ![](pic.png)"])
def test_a_picture_in_it_is_refused_by_the_name_of_its_file(write, picture):
    with pytest.raises(ScorecardError, match=r"data/commentary/2016-08/h\.md shows a picture"):
        write(picture)


@pytest.mark.parametrize("text", ["# Title\n", "Title\n=====\n", "### Title ###\n"])
def test_its_headings_are_bold_lines(write, text):
    page = write(text)

    assert not page.select("h1, h2, h3, h4, h5, h6")
    assert page.strong.get_text() == "Title"


def test_a_byte_order_mark_is_no_part_of_it(write):
    assert write(b"\xef\xbb\xbfHello.").get_text().strip() == "Hello."


def test_text_that_is_not_utf_8_is_reported_with_its_file(write):
    with pytest.raises(ScorecardError, match=r"data/commentary/2016-08/h\.md is not UTF-8"):
        write(b"caf\xe9")


def test_without_a_file_there_is_none(tmp_path):
    assert not commentary(make_workbook(tmp_path, {}), THIS, "h")


ROW = {
    "code": "h", "name": "A <b>name</b>", "definition": "Counts & divides.", "polarity": "L",
    "data_period": "R12M", "format": "percent", "data_source": "System", "target_note": "assumed",
    "latest": figure(9, target=10.0, floor_standard=13.0),
}  # fmt: skip


def terms(row, begins=4) -> dict[str, str]:
    page = BeautifulSoup(data_notes(row, begins), "html.parser")
    return {
        dt.get_text(): dd.get_text()
        for dt, dd in zip(page.select("dt"), page.select("dd"), strict=True)
    }


def test_data_notes_say_everything_the_catalogue_knows():
    assert terms(ROW) == {
        "What it counts": "Counts & divides.",
        "Which way is better": "A lower figure is better (L).",
        "Target": "10.0%",
        "Green": "10.0% and below",
        "Amber": "above 10.0% and below 13.0%",
        "Red": "13.0% and above",
        "Data period": "R12M, rolling 12 months: the 12 months ending with the reporting month.",
        "Source": "System",
        "Note": "assumed",
    }


@pytest.mark.parametrize(("begins", "opens"), [(4, "April"), (1, "January"), (12, "December")])
def test_a_year_to_date_names_the_month_in_which_the_financial_year_begins(begins, opens):
    found = terms({**ROW, "data_period": "YTD"}, begins)["Data period"]
    assert found == f"YTD, year to date: from {opens} to the reporting month."


def test_data_notes_leave_out_what_the_catalogue_does_not_say():
    bare = {
        **ROW,
        "definition": None,
        "data_source": None,
        "target_note": None,
        "latest": figure(9),
    }

    assert list(terms(bare)) == ["Which way is better", "Target", "Data period"]
    assert terms(bare)["Target"] == "No target held"


def test_footnotes_are_owed_for_what_was_used_only():
    known = {
        "published": {"footnote": None},
        "unused": {"footnote": "Never."},
        "worked-out": {"footnote": "Worked out."},
        "apportioned": {"footnote": "Estimates."},
    }
    used = ["apportioned", "published", "worked-out", "apportioned"]

    assert provenance_notes(used, known) == [
        Note("worked-out", "Worked out."),
        Note("apportioned", "Estimates."),
    ]


def test_a_provenance_that_nobody_explained_has_no_note():
    known = {"apportioned": {"footnote": "Estimates."}}

    assert provenance_notes(["guessed", "apportioned"], known) == [
        Note("apportioned", "Estimates."),
    ]
