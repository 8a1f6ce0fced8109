"""HTML as a browser has it: elements in their order, and fragments that keep to themselves."""

from __future__ import annotations

import pytest

from scorecard.pages import tree


def tags(html):
    """The elements of a fragment; None when it does not keep to itself."""
    found = tree.of_fragment(html)
    return None if found is None else [each.tag for each in found]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("", []),
        ("only words", []),
        ("<p>one<p>two <!-- <b> -->", ["p", "p"]),
        ("<i>one</i><div><i>two</i></div>", ["i", "div", "i"]),
        ("<ul><li title='</ul>'>x</ul>", ["ul", "li"]),
        ("<table><tr><td>x</table>", ["table", "tbody", "tr", "td"]),
    ],
)
def test_a_fragment_is_its_elements(html, found):
    assert tags(html) == found


@pytest.mark.parametrize(
    "html",
    [
        *("</div>", "</div><div>", "</div></div><div><div>", "</main>", "</div></main>"),
        *("<b>", "<table>", "<!--", "<textarea>", "</div><i></i></div></main><main><div><div>"),
    ],
)
def test_a_fragment_that_reaches_beyond_itself_is_none(html):
    assert tags(html) is None


def test_a_page_is_its_elements_from_body_on():
    html = "<!doctype html><title>t</title><body class=a><p>x</p></body><body id=b>"
    found = tree.of_page(html)

    assert [each.tag for each in found] == ["body", "p"]
    assert found[0].attributes == {"class": "a", "id": "b"}


def test_words_have_single_spaces():
    (heading, *_) = tree.of_fragment("<h2>Key\n  <b>and</b> glossary</h2>") or []

    assert tree.words(heading) == "Key and glossary"
