"""Commentary that can't break the page, on each page that shows its indicator, and overviews."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from scorecard.errors import ScorecardError
from scorecard.months import Month
from scorecard.outputs import Nothing
from scorecard.pages import publishable
from scorecard.report import Report
from scorecard.report.commentary import written
from support import council
from support.workbooks import make_workbook

THIS = Month(2016, 8)


@pytest.fixture
def write(tmp_path):
    """Writes the commentary on indicator h and returns it as a page would hold it."""
    workbook = make_workbook(tmp_path, {})
    path = workbook.commentary(THIS, "h")
    path.parent.mkdir(parents=True)

    def wrote(text: str | bytes) -> BeautifulSoup:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return BeautifulSoup(written(workbook, path), "html.parser")

    return wrote


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
    assert not written(make_workbook(tmp_path, {}), tmp_path / "data/commentary/2016-08/h.md")


@pytest.fixture(scope="module")
def fenwold(tmp_path_factory):
    """The made-up council, with commentary on a Green indicator too."""
    workbook = council.copy(tmp_path_factory.mktemp("fenwold") / "workbook")
    path = workbook.commentary(Month(2024, 6), "b1")
    path.write_text("Reviews in June are held at home.\n")
    return workbook


def shown(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.html, "html.parser")


def test_each_commentary_is_shown_with_its_lead_officer(fenwold):
    page = shown(Report("2024-06", "fenwold", fenwold).commentary())
    headings = [each.get_text(" ", strip=True) for each in page.select("h3")]
    officers = [each.get_text() for each in page.select(".note")]

    assert headings == [
        "a2. Contacts repeated within twelve months Red", "b1. Reviews held on time Green"
    ]  # fmt: skip
    assert officers == ["Head of Service", "Reviewing Manager"]
    assert "held at home" in page.get_text()


def test_a_page_with_reports_on_reds_shows_the_other_commentary_only(fenwold):
    report = Report("2024-06", "fenwold", fenwold)

    assert [each["id"] for each in shown(report.commentary(reds=False)).select("h3")] == [
        "commentary-b1"
    ]
    assert isinstance(report.commentary(["a2"], reds=False), Nothing)
    assert isinstance(report.commentary(["a1"]), Nothing)


def test_on_the_page_of_an_area_it_says_whose_results_it_is_on(fenwold):
    area = fenwold_area(fenwold)
    page = shown(Report("2024-06", area, fenwold).commentary(["b1"]))

    assert page.h3.get_text(strip=True) == "b1. Reviews held on time"
    assert page.select_one(".note").get_text() == "On Fenwold. Reviewing Manager"


def fenwold_area(workbook) -> str:
    rows = workbook.reference("units").read_text(encoding="utf-8").splitlines()
    return next(line.split(",")[0] for line in rows if ",area," in line)


def test_panels_have_the_commentary_of_their_indicators(fenwold):
    panels = Report("2024-06", "fenwold", fenwold).panels(["b1", "b2"])
    htmls = ["".join(getattr(part, "html", "") for part in each.shown) for each in panels]

    assert ["held at home" in html for html in htmls] == [True, False]
    assert ['id="commentary-' in html for html in htmls] == [True, False]


def test_the_overview_of_a_section_is_on_pages_with_indicators_of_it(fenwold):
    report = Report("2024-06", "fenwold", fenwold)
    page = shown(report.overviews())

    assert page.h3["id"] == "overview-children-we-care-for"
    assert page.h3.get_text() == "Children we care for"
    assert [each.get_text() for each in page.select("p")] == [
        "Head of Care", "In June 2024 the service began to hold reviews in school holidays too."
    ]  # fmt: skip
    assert isinstance(report.overviews(["a1"]), Nothing)
