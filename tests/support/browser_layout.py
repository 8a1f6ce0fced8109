"""Where a page's text is drawn, and what of it scrolls, as the checks of `browser_checks`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from support.browser_view import View

STOPS = """region => ({
    scrolls: region.scrollWidth > region.clientWidth + 1 && region.clientWidth > 1 &&
        getComputedStyle(region).overflowX !== "visible",
    stops: [...region.querySelectorAll(".sideways[tabindex='0']")].filter(
        each => each.checkVisibility() && each.getBoundingClientRect().left >= 0).length,
    is: region.matches(".table-scroll, .chart-scroll"),
    name: region.outerHTML.slice(0, 300),
})"""
WHOLE = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const lines = [], wrong = [];
    while (walker.nextNode()) {
        const node = walker.currentNode, of = node.parentElement, words = node.data.trim();
        if (!words || of.closest("svg, .visually-hidden, .skip-link") || !of.checkVisibility())
            continue;
        const scroller = of.closest(".table-scroll, .chart-scroll");
        const scrolls = scroller && scroller.scrollWidth > scroller.clientWidth + 1;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const box of range.getClientRects()) {
            if (box.width >= 1) lines.push({ box, node, words: words.slice(0, 40) });
            if (box.right > innerWidth + 1 && !scrolls) wrong.push(`cut: ${words.slice(0, 40)}`);
        }
    }
    lines.sort((one, other) => one.box.top - other.box.top);
    lines.forEach(({ box, node, words }, at) => {
        for (const other of lines.slice(at + 1)) {
            if (other.box.top > box.bottom - 4) break;
            const across = Math.min(box.right, other.box.right) -
                Math.max(box.left, other.box.left);
            if (node !== other.node && across > 2) wrong.push(`${words} over ${other.words}`);
        }
    });
    return lines.length ? wrong : ["no text"];
}"""

SPLIT = """cell => {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), range = new Range();
    const split = [];
    while (walker.nextNode()) {
        const node = walker.currentNode;
        if (node.parentElement.closest(".visually-hidden")) continue;
        for (const word of node.data.matchAll(/[^\\s/–-]+/g)) {
            range.setStart(node, word.index);
            range.setEnd(node, word.index + word[0].length);
            const tops = [...range.getClientRects()].map(each => Math.round(each.top));
            if (new Set(tops).size > 1) split.push(word[0]);
        }
    }
    return split;
}"""
"""The words and figures of a cell that go on on another line."""


def words_of_tables_are_whole(view: View) -> list[str]:
    """No word of a heading and no figure is split between two lines."""
    return [word for words in view.all("thead th, td", SPLIT) for word in words]


def never_scrolls_sideways(view: View) -> list[str]:
    """The page itself fits its window; what is wider scrolls in a region of its own."""
    width, window = view.page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    return [f"{width} pixels wide in a window of {window}"] if width > window else []


def only_what_scrolls_takes_the_focus(view: View) -> list[str]:
    """A region that scrolls sideways has one stop for the keyboard, in sight; others have none."""
    wrong = []
    for each in view.all("main *", STOPS):
        if each["scrolls"] and not (each["is"] and each["stops"] == 1):
            wrong.append(f"scrolls without focus: {each['name']}")
        if each["is"] and each["stops"] and not each["scrolls"]:
            wrong.append(f"takes the focus and does not scroll: {each['name']}")
    outside = view.all("main [tabindex='0']:not(.sideways)", "each => each.outerHTML.slice(0, 80)")
    return wrong + [f"a stop for nothing: {each}" for each in outside]


def text_is_whole(view: View) -> list[str]:
    """No line of text is cut off by the window, or drawn over another."""
    wrong: list[str] = view.page.evaluate(WHOLE)
    return wrong
