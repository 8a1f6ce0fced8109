"""The small drawings in a fragment, such as areas by chance, as files of their own.

On a page the style sheet styles them, and the sentence above says what they show. A file contains
both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from importlib.resources import files
from textwrap import wrap
from typing import TYPE_CHECKING

import vl_convert
from markupsafe import Markup

from scorecard.pages.svg import PNG_SCALE

if TYPE_CHECKING:
    from collections.abc import Iterator

FOUND = re.compile(
    r'<div class="small-drawing">\s*<p[^>]* id="(?P<name>[^"]+)">(?P<title>.*?)</p>\s*'
    r'<svg class="(?P<kind>\w+)" viewBox="0 0 (?P<width>\d+) (?P<height>\d+)".*?>(?P<parts>.*?)'
    r"</svg>",
    re.DOTALL,
)
"""A drawing as `report/outlook_drawings.py` writes it, below its sentence."""

FILE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" \
height="{height}" role="img" font-family="Arial, sans-serif" font-size="12">
<title>{title}</title>
<style>{style}</style>
<rect width="{width}" height="{height}" fill="#fff"/>
{lines}
<g class="small-drawing" transform="translate({edge} {below})"><g class="{kind}">{parts}</g></g>
</svg>"""
LINE = '<text x="{edge}" y="{y}" fill="#14202b" font-weight="{weight}">{text}</text>'

LEAST, LETTERS, HIGH, EDGE = 440, 66, 17, 12
"""The least width of a file; the letters and the height of a line above the drawing; the margin."""

RULE = re.compile(r"^\.(?:small-drawing|bars|ranges) [^{]+\{[^}]+\}$", re.MULTILINE)
TOKEN = re.compile(r"(--[\w-]+): ([^;]+);")


@dataclass(frozen=True)
class SmallDrawing:
    """A drawing; its `title` is the sentence that says what it shows."""

    name: str
    title: str
    kind: str
    width: int
    height: int
    parts: str

    def svg(self, subtitle: str) -> Markup:
        """The drawing as a file of its own, below its sentence and `subtitle`."""
        rows = [(700, each) for each in wrap(self.title, LETTERS)]
        rows += [(400, each) for each in wrap(subtitle, LETTERS)]
        lines = [
            Markup(LINE).format(edge=EDGE, y=EDGE + number * HIGH, weight=weight, text=text)  # noqa: S704 (our own)
            for number, (weight, text) in enumerate(rows, start=1)
        ]
        below = EDGE + (len(rows) + 1) * HIGH
        return Markup(FILE).format(  # noqa: S704 (our own)
            title=self.title, style=Markup(_style()), lines=Markup("\n").join(lines),  # noqa: S704
            width=max(LEAST, self.width + 2 * EDGE), height=below + self.height + EDGE, edge=EDGE,
            below=below, kind=self.kind, parts=Markup(self.parts),  # noqa: S704
        )  # fmt: skip

    def png(self, subtitle: str) -> bytes:
        """The same as a PNG, large enough for a slide."""
        return bytes(vl_convert.svg_to_png(str(self.svg(subtitle)), scale=PNG_SCALE))


def small_drawings(html: str) -> Iterator[SmallDrawing]:
    """The drawings in a fragment, from the top."""
    for found in FOUND.finditer(html):
        yield SmallDrawing(
            found["name"], unescape(re.sub(r"<[^>]+>", "", found["title"])), found["kind"],
            int(found["width"]), int(found["height"]), found["parts"],
        )  # fmt: skip


def _style() -> str:
    """The rules for small drawings in the style sheet of pages, with the values of its tokens."""
    folder = files("scorecard") / "templates"
    tokens, tables = (
        (folder / name).read_text(encoding="utf-8") for name in ("page/tokens.css", "tables.css")
    )
    style = "".join(rule for rule in RULE.findall(tables) if " svg " not in rule)
    for name, value in TOKEN.findall(tokens):
        style = style.replace(f"var({name})", value)
    return re.sub(r"font: [^;]+; ", "", style)
