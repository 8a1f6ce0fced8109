"""Every page of August 2016, run from the repository's own data and opened in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support import browser_checks as checks
from support import browser_layout as layout
from support import browser_paper as paper
from support.browser_view import DESKTOP, PHONE, View, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

PAGES = (
    "county area-north-kent area-east-kent area-south-kent area-west-kent children-in-care "
    "uasc-impact index cover cover-children-in-care"
).split()
CHECKS = "checks"
ACTIVITY_COLUMNS = 22


TWINS = (*PAGES[1:4], "cover-children-in-care")
"""Pages made as another is, that of an area or a cover: the whole check opens that one alone."""


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(each, marks=pytest.mark.thorough) if each in TWINS else each
        for each in (*PAGES, CHECKS)
    ],
)
def file(request: pytest.FixtureRequest, month: Path) -> Path:
    """One published page after the other, and the analyst's, which is no part of the pack."""
    if request.param == CHECKS:
        return month.parent / CHECKS / month.name / f"{CHECKS}.html"
    return month / f"{request.param}.html"


@pytest.fixture(scope="module")
def desktop(browser: Browser, file: Path) -> Iterator[View]:
    view = opened(browser, file, DESKTOP)
    yield view
    view.close()


@pytest.fixture(scope="module")
def phone(browser: Browser, file: Path) -> Iterator[View]:
    view = opened(browser, file, PHONE)
    yield view
    view.close()


@pytest.fixture(scope="module")
def printed(file: Path, chromium: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The sheets of the page's PDF, as the browser prints it."""
    return paper.printed(file, chromium, tmp_path_factory.mktemp("printed"))


def test_every_page_of_the_month_is_tested(month):
    assert {page.stem for page in month.glob("*.html")} == set(PAGES)


@pytest.mark.parametrize("check", checks.DESKTOP_CHECKS, ids=lambda each: each.__name__)
def test_on_a_desktop(desktop, check):
    assert check(desktop) == []


@pytest.mark.parametrize("check", checks.PHONE_CHECKS, ids=lambda each: each.__name__)
def test_on_a_phone(phone, check):
    assert check(phone) == []


NARROW, TABLET = 390, 768
"""Pixels across a phone and a tablet as most are."""
SMALL_TEXT = """svg => {
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  return [...svg.querySelectorAll("text")]
    .filter(each => parseFloat(getComputedStyle(each).fontSize) * scale < 11.95)
    .map(each => each.textContent);
}"""


def test_drawings_and_tables_can_be_read_on_a_phone_and_a_tablet(browser, file):
    view = opened(browser, file, NARROW)
    small = [text for texts in view.all("svg:has(text)", SMALL_TEXT) for text in texts]
    beside = []
    for width in (NARROW, TABLET):
        view.page.set_viewport_size({"width": width, "height": 900})
        # A figure of a table that scrolls can be beside the window, but no name of a row.
        beside += view.all(
            ":is(.cards td, tbody th)",
            "cell => cell.getBoundingClientRect().right > innerWidth ? cell.textContent : null",
        )
        beside += checks.never_scrolls_sideways(view)
        beside += layout.words_of_tables_are_whole(view)
        beside += checks.only_what_scrolls_takes_the_focus(view)
    view.close()
    assert small == []
    assert {*beside} <= {None}


def test_text_of_twice_the_size_is_whole(browser, file):
    view = opened(browser, file)
    view.page.evaluate("document.documentElement.style.fontSize = '200%'")
    wrong = []
    for width in (DESKTOP, NARROW):
        view.page.set_viewport_size({"width": width, "height": 900})
        wrong += checks.text_is_whole(view) + checks.never_scrolls_sideways(view)
    view.close()
    assert wrong == []


def test_dark_pages_have_contrast(browser, month):
    view = opened(browser, month / "county.html", NARROW)
    view.page.emulate_media(color_scheme="dark")
    ground = view.page.evaluate("getComputedStyle(document.body).backgroundColor")
    found = checks.passes_axe(view)
    view.close()
    assert ground != "rgb(255, 255, 255)"
    assert found == []


SIDES = "Top Right Bottom Left".split()
BARS = """each => {
    const css = getComputedStyle(each);
    return SIDES.map(side =>
        parseFloat(css[`border${side}Width`]) >= 2 ? css[`border${side}Color`] : null);
}""".replace("SIDES", str(SIDES))
"""The colours of an element's thick borders."""
RATED = """each => {
    const shape = getComputedStyle(each, '::before'), own = getComputedStyle(each);
    return [each.textContent.trim(), shape.clipPath, shape.backgroundColor, own.backgroundColor];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_leave_ratings_and_charts_and_no_stray_bars(browser, month, scheme):
    view = opened(browser, month / "county.html")
    unseen = view.all("body *", BARS)
    view.page.emulate_media(forced_colors="active", color_scheme=scheme)
    ground = view.page.evaluate("getComputedStyle(document.body).backgroundColor")
    bars = view.all("body *", BARS)
    rated = view.all(".rating, .badge:not([data-rating='not-rated'])", RATED)
    papers = view.all(
        "svg.chart, svg.spark, .small-drawing svg, .rating-bar svg",
        "svg => [getComputedStyle(svg).backgroundColor, getComputedStyle(svg).forcedColorAdjust]",
    )
    view.close()
    stray = [
        now
        for before, now in zip(unseen, bars, strict=True)
        if any(was == "rgba(0, 0, 0, 0)" and each not in (was, ground)
               for was, each in zip(before, now, strict=True))
    ]  # fmt: skip
    assert any("rgba(0, 0, 0, 0)" in each for each in unseen)
    assert stray == []
    assert rated
    assert [each for each in rated if not each[0] or each[1] == "none" or each[2] == each[3]] == []
    assert {*map(tuple, papers)} == {("rgb(255, 255, 255)", "none")}


MOST_SHEETS = {"index": 4}
"""Sheets of a page at most: the index has several appendices on one."""


def test_on_paper(desktop, file, printed):
    assert paper.tables_are_complete(desktop, printed) == []
    assert paper.small_tables_stay_whole(desktop, printed) == []
    assert paper.openings_stay_whole(desktop, printed) == []
    assert paper.sheets_are_numbered(printed) == []
    assert len(printed) <= MOST_SHEETS.get(file.stem, len(printed))


def test_no_table_is_wider_than_its_sheet(desktop):
    """The browser would print the whole page smaller for it."""
    wide = []
    desktop.page.emulate_media(media="print")
    for table, sheet in ((".table-scroll:not(.wide)", 688), (".table-scroll.wide", 1047)):
        desktop.page.set_viewport_size({"width": sheet, "height": 1000})
        widths = desktop.all(table, "each => [each.scrollWidth, each.textContent.slice(0, 80)]")
        wide += [what for width, what in widths if width > sheet]
    desktop.page.emulate_media(media="screen")
    desktop.page.set_viewport_size({"width": DESKTOP, "height": 900})
    assert wide == []


def test_no_chart_is_larger_than_it_was_drawn(desktop):
    widths = desktop.all(
        "svg.chart", "each => [each.getBoundingClientRect().width, each.viewBox.baseVal.width]"
    )
    assert [shown for shown, drawn in widths if shown > drawn + 0.5] == []


def test_what_needs_attention_is_on_the_first_screen(month, browser):
    view = opened(browser, month / "county.html")
    seen = {}
    for width, height in ((1280, 800), (TABLET, 1024), (NARROW, 844)):
        view.page.set_viewport_size({"width": width, "height": height})
        feet = view.all("[data-card]", "card => card.getBoundingClientRect().bottom + scrollY")
        seen[width] = sum(foot <= height for foot in feet)
    areas = view.all("[data-card] .onward[href]", "link => link.getAttribute('href')")
    view.close()
    assert "children-in-care.html#areas-17-table" in areas
    # On a phone the first card, whole; elsewhere the three Reds and the Amber near Red.
    assert seen == {1280: 4, TABLET: 4, NARROW: 1}


def test_county_is_under_260_kb(month):
    assert (month / "county.html").stat().st_size < 260_000


def test_activity_table_has_all_its_columns(month, browser):
    view = opened(browser, month / "county.html")
    (row,) = view.all("#activity-table tr[data-unit='kent']", "row => row.cells.length")
    view.close()
    assert row == ACTIVITY_COLUMNS
