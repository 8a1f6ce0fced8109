"""Links within a page and between those of a pack lead somewhere, or are none."""

from __future__ import annotations

import re

import pytest

from scorecard.pages.links import Linked, apart, between, within

PACK = "<!--others--><!--/others--><!--next--><!--/next-->"


def page(name, *ids, unit="kent", to=(), heading=""):
    """A page of a unit with parts of these ids and links."""
    links = "".join(f'<a data-to="{each}">x</a>' for each in to)
    parts = "".join(f'<p id="{each}"></p>' for each in ids)
    html = f'<div class="title-block" data-unit="{unit}">{links}{parts}</div>{PACK}'
    return Linked(name, heading or name.title(), within(html))


def addresses(html):
    """Where a page's links by `data-to` lead; None for one that leads nowhere."""
    return [
        found[1] or None for found in re.finditer(r'<a data-to="[^"]*"(?: href="(.*?)")?', html)
    ]


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("9", "#exception-9"),
        ("17", "care.html#indicator-17"),
        ("5", None),
        ("5/", "#row-5"),
        ("7/", None),
        ("17/", "care.html#indicator-17"),
        ("7", None),
        ("#indicator-17", "care.html#indicator-17"),
        ("#exception-9", "#exception-9"),
        ("#exception-7", None),
        ("17@north", "north.html#row-17"),
        ("8@north", "north.html"),
        ("@north", "north.html"),
        ("17@kent", None),
        ("17@team", None),
        ("9/care", "care.html#indicator-9"),
        ("17/north", "north.html#row-17"),
        ("17/south", None),
    ],
)
def test_a_link_of_the_first_page_leads_to_the_nearest_report(to, expected):
    pages = [
        page("county", "exception-9", "row-17", "row-5", to=[to]),
        page("north", "row-17", "row-5", unit="north"),
        page("care", "indicator-9", "indicator-17"),
    ]
    assert addresses(between(pages, "")["county"]) == [expected]


def test_a_row_without_a_report_links_to_the_first_page_s_row():
    pages = [page("county", "row-5"), page("north", "row-5", unit="north", to=["5", "5@kent"])]
    assert addresses(between(pages, "")["north"]) == ["county.html#row-5"] * 2


def test_a_page_by_itself_links_to_its_own_parts_only():
    alone = page("care", "indicator-9", to=["9", "17", "@north"]).html
    assert addresses(alone) == ["#indicator-9", None, None]


def test_the_pages_name_each_other_and_what_is_before_and_after():
    pages = [page(name, heading=f"{name} & more") for name in "abc"]
    middle = between(pages, "")["b"]
    assert re.findall('<li><a href="(.*?)">(.*?)</a>', middle) == [
        ("a.html", "a &amp; more"),
        ("c.html", "c &amp; more"),
    ]
    assert '<p>Previous: <a rel="prev" href="a.html">' in middle
    assert '<p>Next: <a rel="next" href="c.html">' in middle
    assert "Previous" not in between(pages, "")["a"]
    assert "Next" not in between(pages, "")["c"]


def test_a_page_alone_in_its_pack_names_no_others():
    only = page("a", to=["9"])
    assert between([only], "")["a"] == only.html


def test_a_page_taken_apart_is_as_it_was_made():
    pages = [page("a", "row-9", to=["9", "9@b"]), page("b", "indicator-9", unit="b")]
    linked = between(pages, "")
    assert linked["a"] != pages[0].html
    assert [apart(linked[each.name]) for each in pages] == [each.html for each in pages]


def test_the_index_links_to_parts_of_the_pages():
    index = '<a data-to="9/a">x</a><a data-to="9/z">x</a>'
    assert addresses(between([page("a", "exception-9")], index)["index"]) == [
        "a.html#exception-9",
        None,
    ]
