"""The one style sheet of every page, and the policy that lets a browser load nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from scorecard.params.brand import Brand

FOLDER = Path(__file__).parents[1] / "templates"
SHEETS = ("page/tokens.css", "tables.css", "page/page.css")
PACK = (*SHEETS, "page/pack.css")

ACCENT = "#12436d"
"""The accent of `tokens.css`."""

DRAWN = (".spark", ".bars", ".ranges")
"""The drawings in `tables.css` that use the accent."""

LIGHT = "@media (prefers-color-scheme: light) {{ {} }}"
"""Text in a council's colours has enough contrast on white only."""

SMALL = "font: 8.5pt Arial, sans-serif"
"""The font of text in the margins of sheets."""

UPRIGHT = "margin: 14mm 13mm;"
TURNED = "size: A4 landscape; margin: 12mm 10mm;"

LOGO = """\
.masthead-inner:has(.masthead-logo) { align-items: center; }
.masthead-logo { height: 3rem; max-width: 12rem; padding: .25rem; background: #fff; }
@media print { .masthead-logo { height: 11mm; padding: 0; } }"""
"""A logo in the head of a page, on white, since logos are drawn for it."""


@cache
def sheet(names: tuple[str, ...] = SHEETS) -> Markup:
    """The style sheets `names` as one, without comments and indentation."""
    text = "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in names)
    plain = re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))
    return Markup(plain)  # noqa: S704 (our own files)


def own(brand: Brand | None) -> Markup:
    """The style of a council's own logo and colours; empty if it has neither.

    Drawings keep their colours: a brand's colour could be mistaken for that of a rating.
    """
    rules = []
    if brand and brand.accent:
        rules.append(LIGHT.format(
            f":root {{ --accent: {brand.accent}; --accent-dark: {brand.accent}; }}"
        ))  # fmt: skip
        rules.append(f"@media screen {{ .masthead {{ background: {brand.accent}; }} }}")
        rules.append(f"{', '.join(DRAWN)} {{ --accent: {ACCENT}; }}")
    if brand and brand.headings:
        rules.append(LIGHT.format(f"h1, h2, h3, h4 {{ color: {brand.headings}; }}"))
        rules.append(LIGHT.format(f":root {{ --accent-dark: {brand.headings}; }}"))
    if brand and brand.logo:
        rules.append(LOGO)
    return Markup("\n".join(rules))  # noqa: S704 (colours were checked)


def paper(footer: str) -> Markup:
    """The style that prints `footer` in the bottom margin of every sheet."""
    rule = f"@page {{ @bottom-left {{ content: {_quoted(footer)}; {SMALL} }} }}"
    return Markup(rule)  # noqa: S704 (escaped in _quoted)


def sheets(name: str, left: str, right: str) -> Markup:
    """The style of the upright and the turned sheets of a part of the pack, with their head."""
    head = (
        f"@top-left {{ content: {_quoted(left)}; {SMALL} }} "
        f"@top-right {{ content: {_quoted(right)}; {SMALL} }}"
    )
    return Markup(  # noqa: S704 (escaped in _quoted)
        f"@page sheets-{name} {{ {UPRIGHT} {head} }}\n.sheets-{name} {{ page: sheets-{name}; }}\n"
        f"@page sheets-{name}-across {{ {TURNED} {head} }}\n"
        f".sheets-{name}-across {{ page: sheets-{name}-across; }}"
    )


def _quoted(words: str) -> str:
    """`words` as a string of a style sheet inside HTML."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3c ") + '"'


def policy(*styles: str) -> str:
    """The Content-Security-Policy of a page: it allows `styles` and pictures in the file only.

    It names style sheets by their hashes, so a `style` attribute or a script has no effect even if
    one got in.
    """
    hashes = " ".join(digest(each) for each in styles)
    return (
        f"default-src 'none'; style-src {hashes}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def digest(text: str) -> str:
    """The source expression that allows exactly this inline style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
