"""Each check of a page is shown to catch a page that was broken on purpose, and no sound one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from scorecard.pages.appendix import render
from support import browser_checks as checks
from support import browser_paper as paper
from support import sample_notebook as sample
from support.browser_view import DESKTOP, PHONE, opened

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.pages.page import Page

NO_POLICY = (r'<meta http-equiv="Content-Security-Policy"[^>]*>', "")


@pytest.fixture(scope="module")
def page() -> Page:
    return render(sample.full(), sample.ABOUT)


@pytest.fixture
def broken(page, tmp_path, browser):
    """Open the sample with `pattern` replaced; what it replaces must be there."""

    views = []

    def open_broken(*changes: tuple[str, str], width: int = DESKTOP):
        html = page.html
        for pattern, replacement in changes:
            html, count = re.subn(pattern, replacement, html, count=1, flags=re.DOTALL)
            assert count, f"`{pattern}` is not in the sample"
        for path, content in page.files.items():
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_bytes(content)
        (tmp_path / "index.html").write_text("<p>the month</p>", encoding="utf-8")
        file: Path = tmp_path / "sample.html"
        file.write_text(html, encoding="utf-8")
        views.append(opened(browser, file, width))
        return views[-1]

    yield open_broken
    for view in views:
        view.close()


@pytest.mark.parametrize("check", checks.DESKTOP_CHECKS, ids=lambda each: each.__name__)
def test_sound_page_passes(broken, check):
    assert check(broken()) == []


@pytest.mark.parametrize("check", checks.PHONE_CHECKS, ids=lambda each: each.__name__)
def test_sound_page_passes_on_a_phone(broken, check):
    assert check(broken(width=PHONE)) == []


def real_changes(months: int) -> list[tuple[str, str]]:
    """The change by which the chart's description has a concern in so many months."""
    words = f"Real changes: concern in {months} months up to August 2016."
    return [("</desc>", f" {words}</desc>")]


TRIANGLE = ("</desc>", '</desc><path d="M0,5.3L-6.1,-5.3L6.1,-5.3Z" transform="translate(9,9)"/>')
UPWARD = ("</desc>", '</desc><path d="M0,-5.3L-6.1,5.3L6.1,5.3Z" transform="translate(9,9)"/>')


def test_a_far_floor_that_is_named_at_the_edge_passes(broken):
    view = broken(*squeezed((40, 90), AT_THE_EDGE, "80.0%"))
    assert checks.results_are_not_squeezed(view) == []


def test_sound_real_changes_pass(broken):
    view = broken(*real_changes(2), TRIANGLE, TRIANGLE)
    assert checks.charts_are_described(view) == []


def squeezed(heights: tuple[int, int], texts: str, floor: str) -> list[tuple[str, str]]:
    """The change by which a trend of 5% and 9% is added, with points that low on 100 pixels."""
    points = "".join(f'<circle cx="{70 + y}" cy="{y}" r="2"/>' for y in heights)
    rows = "".join(
        f'<tr><th scope="row">{n}</th><td data-field="result">{n}.0%</td>'
        f'<td data-field="floor">{floor}</td></tr>' for n in (5, 9)
    )  # fmt: skip
    return [("</figure>", f"""</figure><figure id="squeezed">
        <svg class="chart" viewBox="0 0 210 100" width="210" height="100">
        <line y1="99" y2="99" x2="210" stroke="#888"/>{points}{texts}</svg>
        <table class="data"><tbody>{rows}</tbody></table></figure>""")]  # fmt: skip


AT_THE_EDGE = '<text x="60" y="12" font-size="10">Floor 80.0% is above this chart</text>'


PICTURE = ("<h1", '<img src="http://127.0.0.1:9/a.png" alt="A"><h1')
TWO_TIERS = [
    ("<thead>", '<thead><tr><th colspan="2" scope="colgroup">A</th><th scope="col">B</th></tr>')
]
SCROLLS = [
    NO_POLICY,
    (
        r"@media \(max-width: 40rem\) \{ \.chart",
        "@media all { .chart-scroll { width: 9rem } .chart",
    ),
    ('<p class="sideways".*?</p>', ""),
]
BROKEN = [
    (checks.asks_only_for_itself, [NO_POLICY, PICTURE], "127.0.0.1"),
    (checks.says_nothing_on_the_console, [("<h1", '<h1 style="color:red"')], "Security Policy"),
    (checks.says_nothing_on_the_console, [PICTURE], "Security Policy"),
    (checks.passes_axe, [("<h1", '<img src="data:,"><h1')], "image-alt"),
    (checks.passes_axe, [NO_POLICY, ("<h1", '<h1 style="color:#ccc"')], "color-contrast"),
    (checks.passes_axe, [('lang="en-GB"', "")], "html-has-lang"),
    (checks.passes_axe_at_its_width, SCROLLS, "scrollable-region-focusable"),
    (checks.passes_ibm, [("<h1", '<img src="data:,"><h1')], "img_alt"),
    (checks.passes_ibm, TWO_TIERS, "table_headers_related"),
    (checks.passes_html_codesniffer, [("<h1", '<img src="data:,"><h1')], "H37"),
    (checks.passes_html_codesniffer, TWO_TIERS, "H43.HeadersRequired"),
    (checks.tables_have_captions_and_scopes, [("<caption.*?</caption>", "")], "no caption"),
    (checks.tables_have_captions_and_scopes, [('<th scope="col">', "<th>")], "no scope"),
    (
        checks.tables_have_captions_and_scopes,
        [('<th scope="row">Reviews in time</th>', "<td>Reviews in time</td>")],
        "0 row headers",
    ),
    (checks.rated_cells_say_the_rating, [(">Green<", "><")], "rated green says only"),
    (checks.differences_are_said, [(">92.0%", ">+2.0%")], "`+2.0%"),
    (checks.ratings_have_contrast, [("--red: #8b0a1e", "--red: #ff8080"), NO_POLICY], "red: "),
    (checks.ratings_have_contrast, [("--green: #2ba58b", "--green: #fff"), NO_POLICY], "no colour"),
    (checks.headings_and_landmarks_guide, [('lang="en-GB"', 'lang="en"')], "not en-GB"),
    (checks.headings_and_landmarks_guide, [("<h1.*?</h1>", "")], "0 h1"),
    (checks.headings_and_landmarks_guide, [("<h2 id=.visits.>.*?</h2>", "<h4>x</h4>")], "follows"),
    (checks.headings_and_landmarks_guide, [("<(main .*?)</main>", r"<div \1</div>")], "0 times"),
    (checks.headings_and_landmarks_guide, [(' aria-label="Contents"', "")], "nav without a name"),
    (checks.skip_link_works, [('<a class="skip-link".*?</a>', "")], "first Tab leads to"),
    (checks.skip_link_works, [('<main id="main"', '<main id="other"')], "does not lead into main"),
    (checks.focus_is_visible, [NO_POLICY, ("outline: 3px solid", "outline: 0 solid")], "<a href"),
    (checks.text_is_clean, [("92.0%", "nan%")], "`nan`"),
    (checks.text_is_clean, [("92.0%", "None")], "`None`"),
    (checks.text_is_clean, [('aria-label="Contents"', 'aria-label="No description"')], "No descr"),
    (checks.text_is_clean, [("92.0%", "&lt;Frame object at 0x7f&gt;")], "object at"),
    (
        checks.charts_are_described,
        [("(<desc[^>]*>).*?</desc>", r"\1</desc>")],
        "without description",
    ),
    (checks.charts_are_described, [("(<desc[^>]*>.*?)71.2", r"\g<1>71.3")], "'71.3'"),
    (checks.charts_are_described, [("(<desc[^>]*>).*?</desc>", r"\1It fell.</desc>")], "no figure"),
    (checks.charts_are_described, [*real_changes(3), TRIANGLE, TRIANGLE], "2}) drawn"),
    (checks.charts_are_described, [*real_changes(2), TRIANGLE, UPWARD], "'upward': 1"),
    (checks.charts_are_described, real_changes(2), "Counter() drawn"),
    (checks.charts_are_described, [TRIANGLE], "1}) drawn"),
    (checks.results_are_not_squeezed, squeezed((70, 90), AT_THE_EDGE, "80.0%"), "of the height"),
    (checks.results_are_not_squeezed, squeezed((40, 90), "", "80.0%"), "80.0 is nowhere"),
    (checks.results_are_not_squeezed, squeezed((8, 90), AT_THE_EDGE, "80.0%"), "words on a point"),
    (checks.chart_text_is_not_clipped, [(">70.5</text>", f">{'wide ' * 40}</text>")], "clipped"),
    (
        checks.never_scrolls_sideways,
        [("<h1", f"<p>{'wide' * 999}</p><h1"), NO_POLICY, ("overflow-wrap: break-word", "")],
        "pixels wide",
    ),
    (
        checks.only_what_scrolls_takes_the_focus,
        SCROLLS,
        "scrolls without focus",
    ),
    (
        checks.only_what_scrolls_takes_the_focus,
        [NO_POLICY, ("var\\(--sideways, none\\)", "block")],
        "does not scroll",
    ),
    (checks.only_what_scrolls_takes_the_focus, [("<h1", '<p tabindex="0">A</p><h1')], "nothing"),
    (checks.text_is_whole, [NO_POLICY, ("<h1", '<h1 style="translate: 0 3rem"')], "over"),
    (checks.text_is_whole, [NO_POLICY, ("<h1", '<h1 style="translate: 99rem"')], "cut"),
    (checks.links_lead_somewhere, [('href="#visits"', 'href="#visit"')], "no target visit"),
    (checks.links_lead_somewhere, [("sample.xlsx", "other.xlsx")], "no file downloads/other.xlsx"),
    (checks.is_light, [("<h1", f"<!--{'x' * 400_000}--><h1")], "bytes"),
]


@pytest.mark.parametrize(
    ("check", "changes", "said"),
    BROKEN,
    ids=[f"{check.__name__}-{number}" for number, (check, _, _) in enumerate(BROKEN)],
)
def test_broken_page_is_caught(broken, check, changes, said):
    assert said in "\n".join(check(broken(*changes)))


def test_every_check_is_shown_to_catch_something():
    assert {check for check, _, _ in BROKEN} == {*checks.DESKTOP_CHECKS, *checks.PHONE_CHECKS}


@pytest.mark.parametrize(
    ("colours", "ratio"),
    [
        (("rgb(0, 0, 0)", "rgb(255, 255, 255)"), 21.0),
        (("rgb(255, 255, 255)", "rgb(255, 255, 255)"), 1.0),
        (("rgb(11, 12, 12)", "rgb(43, 165, 139)"), 6.4),
        (("rgb(11, 12, 12)", "rgb(255, 210, 77)"), 13.6),
        (("rgb(139, 10, 30)", "rgb(255, 255, 255)"), 9.7),
    ],
)
def test_contrast_is_that_of_wcag(colours, ratio):
    assert round(checks.contrast(*colours), 1) == ratio


def printed(view, chromium):
    """The sheets of a view's file."""
    return paper.printed(view.file, chromium, view.file.parent)


def test_sound_print_is_complete_and_numbered(broken, chromium):
    view = broken()
    sheets = printed(view, chromium)
    assert paper.tables_are_complete(view, sheets) == []
    assert paper.sheets_are_numbered(sheets) == []


LONG = "".join(f'<tr><th scope="row">{n}</th><td>a</td><td>b</td></tr>' for n in range(1001, 1100))


def test_print_that_cuts_a_column_off_is_caught(broken, chromium):
    narrow = ".wide { width: 10rem; overflow: hidden !important; } .wide table { width: 90rem; }"
    view = broken(NO_POLICY, (r"page: wide; \}", f"page: auto; }} {narrow}"))
    assert "not whole on any sheet" in "\n".join(
        paper.tables_are_complete(view, printed(view, chromium))
    )


def test_print_that_does_not_repeat_headings_is_caught(broken, chromium):
    longer = ("</tbody>", LONG + "</tbody>")
    view = broken(longer)
    assert paper.tables_are_complete(view, printed(view, chromium)) == []
    once = ("display: table-header-group", "display: table-row-group")
    view = broken(NO_POLICY, longer, once)
    assert "no headings on the sheet of 10" in "\n".join(
        paper.tables_are_complete(view, printed(view, chromium))
    )


def test_print_without_page_numbers_is_caught(broken, chromium):
    view = broken(NO_POLICY, ('content: "Page " counter', 'content: "" counter'))
    assert paper.sheets_are_numbered(printed(view, chromium))[0] == "Page1of3"
