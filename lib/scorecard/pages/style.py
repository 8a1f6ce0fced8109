"""The one style sheet of every page, and the policy that lets a browser load nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from markupsafe import Markup

FOLDER = Path(__file__).parents[1] / "templates"
SHEETS = ("page/tokens.css", "tables.css", "page/page.css")


@cache
def sheet() -> Markup:
    """The style sheets of the fragments and of the page, without comments and indentation."""
    text = "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in SHEETS)
    plain = re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))
    return Markup(plain)  # noqa: S704 (our own files)


def paper(footer: str) -> Markup:
    """The style of what paper shows below every sheet: `footer`, in the margin of each page."""
    words = footer.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3c ")
    rule = f'@page {{ @bottom-left {{ content: "{words}"; font: 8.5pt Arial, sans-serif }} }}'
    return Markup(rule)  # noqa: S704 (escaped above)


def policy(*styles: str) -> str:
    """The Content-Security-Policy of a page with `styles`: these, pictures in the file, no more.

    A style sheet is known by its hash, so `style` attributes and scripts stay without effect even
    if one got in.
    """
    hashes = " ".join(digest(each) for each in styles)
    return (
        f"default-src 'none'; style-src {hashes}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def digest(text: str) -> str:
    """The source expression that allows exactly this inline style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
