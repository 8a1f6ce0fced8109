"""A council's logo and colours: what is refused, and what they change on a page."""

from __future__ import annotations

import base64
import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from scorecard.checks.finding import Findings
from scorecard.errors import ParamsError
from scorecard.months import Month
from scorecard.pages import checks, index, style
from scorecard.pages.page import About
from scorecard.params import brand
from scorecard.params.brand import Brand, read_brand
from scorecard.params.wording import Wording
from scorecard.workbook import Workbook
from support.places import TESTS

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
SVG = OPEN + 'viewBox="0 0 9 9">{}</svg>'
ABOUT = About("index", "Pack", "All.", "Fenwold", "Children", Month(2024, 6))
OWN = Brand("data:image/png;base64,AAAA", "A heron & reeds", "#1f5e3f", "#4a2c5e")
TOKENS = (style.FOLDER / "page/tokens.css").read_text(encoding="utf-8")


@pytest.fixture
def book(tmp_path):
    for name in ("data", "params"):
        (tmp_path / name).mkdir()
    return Workbook.at(tmp_path)


def written(book, text, name="brand.svg", content=None):
    book.params("brand").write_text(text, encoding="utf-8")
    if content is not None:
        (book.root / "params" / name).write_bytes(
            content if isinstance(content, bytes) else content.encode()
        )
    return book


def fault(book):
    with pytest.raises(ParamsError) as error:
        read_brand(book)
    return str(error.value)


LOGO = "logo: brand.svg\nlogo_text: A heron\n"


def test_a_workbook_without_a_brand_or_with_every_line_commented_has_none(book):
    assert read_brand(book) is None
    template = style.FOLDER / "council/params/brand.yml"
    assert read_brand(written(book, template.read_text(encoding="utf-8"))) is None


def test_a_drawing_is_in_the_page_without_what_draws_nothing(book):
    drawing = "<?xml version='1.0'?><?xml-stylesheet href='http://a.b/c.css'?><!-- Hidden -->" + (
        SVG.format('<rect width="9" height="9" fill="url(#a)"/><use xlink:href="#a"/>')
    )
    found = read_brand(written(book, LOGO + 'accent: "#1F5E3F"\n', content=drawing))

    kind, _, content = found.logo.partition(",")
    assert kind == "data:image/svg+xml;base64"
    inside = base64.b64decode(content).decode()
    assert "<rect" in inside
    assert not re.search(r"Hidden|stylesheet|http://a\.b", inside)
    assert replace(found, logo="") == Brand("", "A heron", "#1f5e3f", "")


def test_a_png_is_taken_as_it_is(book):
    content = brand.PNG + b"rest"
    found = read_brand(written(book, LOGO.replace("svg", "png"), "brand.png", content))

    assert found.logo == f"data:image/png;base64,{base64.b64encode(content).decode()}"


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("<script>alert(1)</script>", "the element `script`"),
        ("<foreignObject/>", "the element `foreignObject`"),
        ('<rect onload="alert(1)"/>', "the attribute `onload`, which is a script"),
        ('<image href="https://a.b/c.png"/>', "an address outside of it, `https://a.b/c.png`"),
        ('<use xlink:href="other.svg#a"/>', "an address outside of it, `other.svg#a`"),
        ('<a href="javascript:alert(1)"/>', "an address outside of it"),
        ('<image href="data:image/svg+xml;base64,AA"/>', "an address outside of it"),
        ('<rect fill="url(https://a.b/c)"/>', "the attribute `fill`, which loads something else"),
        ("<style>@import 'a.css';</style>", "a style that loads something else"),
        ("<style>a { fill: URL( 'a.svg') }</style>", "a style that loads something else"),
    ],
)
def test_a_drawing_that_does_more_than_draw_is_refused(book, inside, found):
    said = fault(written(book, LOGO, content=SVG.format(inside)))

    assert said.startswith("params/brand.yml, line 1: `logo` is 'brand.svg': the SVG has " + found)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("not a drawing", "the file is not an SVG"),
        ('<!DOCTYPE s [<!ENTITY a "b">]>' + SVG.format("&a;"), "has entities of its own"),
        (OPEN + 'width="9"/>', "not an SVG with a `viewBox`"),
        ('<html viewBox="0 0 9 9"/>', "not an SVG with a `viewBox`"),
        (SVG.format(" " * brand.AT_MOST), "larger than 30 KB"),
        (None, "there is no file of this name in params/"),
    ],
)
def test_a_logo_that_is_no_drawing_too_large_or_missing_is_refused(book, content, found):
    said = fault(written(book, LOGO, content=content))
    assert "params/brand.yml, line 1: `logo` is 'brand.svg': " in said
    assert found in said


def test_a_png_must_be_one(book):
    said = fault(written(book, LOGO.replace("svg", "png"), "brand.png", "GIF89a"))
    assert said.endswith("the file is not a PNG picture")


@pytest.mark.parametrize("text", ["logo: brand.svg", "logo_text: A heron"])
def test_a_logo_and_its_words_need_each_other(book, text):
    assert "`logo` and `logo_text`, which says what it shows, need each" in fault(
        written(book, text + "\n", content=SVG.format(""))
    )


@pytest.mark.parametrize(
    ("colour", "found"),
    [
        ("#777777", "its contrast on white is 4.47 to 1, and words need 4.5 to 1."),
        ("#767676", "its contrast on the tint of panels (#f3f6f9) is 4.18 to 1"),
        ("#ffd24d", "its contrast on white is 1.44 to 1"),
        ("green", "should match pattern"),
    ],
)
def test_a_colour_of_too_little_contrast_is_refused_with_what_was_measured(book, colour, found):
    said = fault(written(book, f'headings: "#000000"\naccent: "{colour}"\n'))
    assert f"params/brand.yml, line 2: `accent` is '{colour}': " in said
    assert found in said


def test_contrast_is_that_of_wcag():
    assert brand.contrast("#000000", "#ffffff") == 21
    assert brand.contrast("#ffffff", "#ffffff") == 1
    assert brand.contrast("#707070", brand.PAPERS["white"]) == pytest.approx(4.952, abs=0.001)


def test_every_page_shows_the_logo_and_allows_its_style_by_its_hash():
    findings = Findings(month="2024-06", checks=[], findings=[])
    words = Wording(council="Fenwold", service="Children")
    for html in (
        index.render(replace(ABOUT, brand=OWN), []),
        checks.render(findings, words, {}, {}, OWN),
    ):
        page = BeautifulSoup(html, "html.parser")
        (logo,) = page.header("img")
        assert (logo["src"], logo["alt"]) == (OWN.logo, OWN.logo_text)
        policy = page.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
        styles = page("style")
        assert [style.digest(each.string) in policy for each in styles] == [True] * 3
        assert str(style.own(OWN)) == styles[1].string


def test_a_page_without_a_brand_has_nothing_of_one():
    html = index.render(ABOUT, [])
    assert html.count("<style>") == 2
    assert "masthead-logo" not in html
    assert '<div class="masthead-inner">\n<p class="masthead-council">Fenwold</p>' in html


@pytest.mark.parametrize(
    ("own", "says", "says_not"),
    [
        (Brand(accent="#1f5e3f"), "--accent: #1f5e3f", "h1"),
        (Brand(headings="#4a2c5e"), "h1, h2, h3, h4 { color: #4a2c5e", "--accent:"),
        (Brand(logo="data:", logo_text="A"), ".masthead-logo", "--accent"),
    ],
)
def test_each_part_of_a_brand_may_come_alone(own, says, says_not):
    assert says in style.own(own)
    assert says_not not in style.own(own)


def test_what_is_drawn_and_rated_keeps_its_colours():
    sheet = (style.FOLDER / "tables.css").read_text(encoding="utf-8")
    drawn = re.findall(r"^(\.\w+)[^{}]*\{[^}]*\b(?:fill|stroke): var\(--accent\)", sheet, re.M)

    assert set(drawn) == set(style.DRAWN)
    assert f"{', '.join(style.DRAWN)} {{ --accent: {style.ACCENT}; }}" in style.own(OWN)
    assert f"--accent: {style.ACCENT};" in TOKENS
    assert not re.search("green|amber|red|rating", style.own(OWN))


def test_colours_are_held_against_what_words_are_on():
    papers = re.findall(r"--(?:paper|tint): (#\w+)", TOKENS)
    assert [each.replace("#fff", "#ffffff") for each in papers] == list(brand.PAPERS.values())


def test_the_second_council_has_one():
    found = read_brand(Workbook.at(TESTS / "second_council"))
    assert (found.accent, found.headings) == ("#1f5e3f", "#4a2c5e")
    assert found.logo.startswith("data:image/svg+xml;base64,")
