"""What every published page must be. A check takes a `View` and returns what is wrong with it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from support.browser_charts import (
    chart_text_is_not_clipped,
    charts_are_described,
    results_are_not_squeezed,
)
from support.browser_engines import (
    passes_axe,
    passes_axe_at_its_width,
    passes_html_codesniffer,
    passes_ibm,
)
from support.browser_layout import (
    never_scrolls_sideways,
    only_what_scrolls_takes_the_focus,
    text_is_whole,
)

if TYPE_CHECKING:
    from support.browser_view import View

MAXIMUM_BYTES = 400_000
STRAY = re.compile(
    r"\bnan\b|\bNaN\b|\bNaT\b|\bNone\b|\bundefined\b|\binf\b|No description"
    r"|<\w[\w.]* (?:object )?at 0x|\bDecimal\(|\bdtype\b|\bnull\b"
)
RATED = "[data-rating]:not(svg *)"


def asks_only_for_itself(view: View) -> list[str]:
    """No request leaves the file."""
    own = view.file.resolve().as_uri()
    return [f"asks for {url}" for url in view.requests if url != own]


def says_nothing_on_the_console(view: View) -> list[str]:
    """No error, no warning, no breach of the page's own policy."""
    return view.messages


def tables_have_captions_and_scopes(view: View) -> list[str]:
    """A caption, a scope on every header cell, one row header in every data row."""
    script = """table => {
        const name = table.id || table.outerHTML.slice(0, 80);
        const wrong = [];
        if (!table.caption || !table.caption.innerText.trim()) wrong.push('no caption');
        for (const th of table.querySelectorAll('th'))
            if (!['col', 'row', 'colgroup', 'rowgroup'].includes(th.scope))
                wrong.push(`no scope: ${th.innerText}`);
        for (const row of table.querySelectorAll('tbody tr')) {
            const heads = row.querySelectorAll('th[scope=row]').length;
            const group = row.querySelectorAll('th[scope=rowgroup]').length;
            if (group ? heads > 0 : heads !== 1)
                wrong.push(`${heads} row headers: ${row.innerText.slice(0, 60)}`);
        }
        return wrong.map(each => `${name}: ${each}`);
    }"""
    return [each for wrong in view.all("table", script) for each in wrong]


def rated_cells_say_the_rating(view: View) -> list[str]:
    """Every rated cell holds the full word, for whoever can't see its colour."""
    script = "cell => [cell.dataset.rating, cell.textContent.toLowerCase().replaceAll(' ', '-')]"
    return [
        f"a cell rated {rating} says only `{text}`"
        for rating, text in view.all(RATED, script)
        if rating not in text
    ]


def differences_are_said(view: View) -> list[str]:
    """A cell that shows `+2` or `-2` has words for a screen reader, which may not read the sign."""
    script = """cell => {
        const said = cell.cloneNode(true);
        said.querySelectorAll('[aria-hidden=true]').forEach(each => each.remove());
        return [cell.innerText.trim(), said.textContent.trim()];
    }"""
    return [
        f"`{shown}` is read as `{said}`"
        for shown, said in view.all("td", script)
        if re.match(r"[+-]\d", shown) and not re.match(r"(up|down) \d|no change", said)
    ]


def ratings_have_contrast(view: View) -> list[str]:
    """Text on a rating's colour has a contrast of 4.5 to 1 or more, as the browser paints it."""
    script = """cell => {
        const solid = element => {
            const colour = getComputedStyle(element).backgroundColor;
            if (colour !== 'rgba(0, 0, 0, 0)') return colour;
            return element.parentElement ? solid(element.parentElement) : 'rgb(255, 255, 255)';
        };
        const inner = cell.querySelector('.rating, .badge') || cell;
        return [cell.dataset.rating, getComputedStyle(inner).color, solid(inner)];
    }"""
    wrong = []
    for rating, text, ground in {tuple(each) for each in view.all(f"{RATED}:not(li)", script)}:
        ratio = contrast(text, ground)
        if ratio < 4.5:
            wrong.append(f"{rating}: {text} on {ground} is {ratio:.1f} to 1")
        if rating != "not-rated" and luminance(ground) > 0.9:
            wrong.append(f"{rating} has no colour of its own: {ground}")
    return wrong


def headings_and_landmarks_guide(view: View) -> list[str]:
    """British English, one `h1`, no skipped level, one of each landmark, named regions."""
    page = view.page
    wrong = []
    if page.locator("html").get_attribute("lang") != "en-GB":
        wrong.append("the language is not en-GB")
    if not page.title().strip():
        wrong.append("no title")
    levels = view.all("h1, h2, h3, h4, h5, h6", "each => Number(each.tagName[1])")
    if levels.count(1) != 1 or levels[0] != 1:
        wrong.append(f"headings begin {levels[:3]} and have {levels.count(1)} h1")
    wrong += [
        f"h{below} follows h{above}" for above, below in pairwise(levels) if below > above + 1
    ]
    for landmark in ("body > header", "main", "body > footer"):
        count = page.locator(landmark).count()
        if count != 1:
            wrong.append(f"{count} times `{landmark}`")
    unnamed = view.all("nav:not([aria-label]):not([aria-labelledby])", "each => each.outerHTML")
    return wrong + [f"a nav without a name: {each[:80]}" for each in unnamed]


def skip_link_works(view: View) -> list[str]:
    """The first Tab shows the skip link, and Enter takes the reader to the content."""
    page = view.page
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    first = page.evaluate(
        """() => {
            const link = document.activeElement, box = link.getBoundingClientRect();
            return [link.getAttribute('href'), box.top >= 0 && box.left >= 0 && box.height > 10];
        }"""
    )
    if first != ["#main", True]:
        return [f"the first Tab leads to {first[0]}, visible: {first[1]}"]
    page.keyboard.press("Enter")
    inside = page.evaluate("document.activeElement.id === 'main'")
    return [] if inside else ["the skip link does not lead into main"]


def focus_is_visible(view: View) -> list[str]:
    """Whatever takes the focus shows it, by an outline of two pixels or more."""
    page = view.page
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    wrong = []
    for _ in range(page.locator("a, summary, [tabindex='0']").count()):
        page.keyboard.press("Tab")
        name, line, width = page.evaluate(
            """() => {
                const here = document.activeElement, style = getComputedStyle(here);
                return [here.outerHTML.slice(0, 80), style.outlineStyle, style.outlineWidth];
            }"""
        )
        if name.startswith("<body"):
            break
        if line == "none" or float(width.removesuffix("px")) < 2:
            wrong.append(f"no visible focus: {name}")
    return wrong


def text_is_clean(view: View) -> list[str]:
    """No trace of a missing value or of Python in what is read or spoken."""
    spoken = " | ".join(view.all("[aria-label], img[alt]", "e => e.ariaLabel || e.alt"))
    text = view.page.evaluate(
        """() => {
            const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), all = [];
            while (texts.nextNode()) all.push(texts.currentNode.data);
            return all.join(' ');
        }"""
    )
    return [f"`{each[0]}` in the text" for each in STRAY.finditer(f"{text} | {spoken}")]


def links_lead_somewhere(view: View) -> list[str]:
    """Every link's file lies in the month's folder, and every target is on its page."""
    wrong = []
    for href in view.all("a[href]", "a => a.getAttribute('href')"):
        file, _, target = href.partition("#")
        if file and not (view.file.parent / file).is_file():
            wrong.append(f"no file {file}")
        elif (
            file and target and f'id="{target}"' not in (view.file.parent / file).read_text("utf-8")
        ):
            wrong.append(f"no target {target} in {file}")
        if not file and not view.page.locator(f"[id='{target}']").count():
            wrong.append(f"no target {target}")
    return wrong


def is_light(view: View) -> list[str]:
    """Light enough for an e-mail and a slow line, with everything in it."""
    size = view.file.stat().st_size
    return [f"{size} bytes"] if size > MAXIMUM_BYTES else []


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two CSS colours, 1 to 21."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of `rgb(r, g, b)`, 0 to 1."""
    parts = [float(each) / 255 for each in re.findall(r"[\d.]+", colour)[:3]]
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


DESKTOP_CHECKS = (
    asks_only_for_itself,
    says_nothing_on_the_console,
    passes_axe,
    tables_have_captions_and_scopes,
    rated_cells_say_the_rating,
    differences_are_said,
    ratings_have_contrast,
    headings_and_landmarks_guide,
    skip_link_works,
    focus_is_visible,
    text_is_clean,
    charts_are_described,
    chart_text_is_not_clipped,
    results_are_not_squeezed,
    never_scrolls_sideways,
    only_what_scrolls_takes_the_focus,
    text_is_whole,
    links_lead_somewhere,
    is_light,
    passes_ibm,
    passes_html_codesniffer,
)
PHONE_CHECKS = (
    passes_axe_at_its_width,
    never_scrolls_sideways,
    only_what_scrolls_takes_the_focus,
    text_is_whole,
    focus_is_visible,
)
