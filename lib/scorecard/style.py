"""The one style sheet of every page, and the policy that lets a browser load nothing else."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from markupsafe import Markup

FOLDER = Path(__file__).parent / "templates"
SHEETS = ("page/tokens.css", "tables.css", "page/page.css")


@cache
def sheet() -> Markup:
    """The style sheets of the fragments and of the page, as one text."""
    texts = [(FOLDER / name).read_text(encoding="utf-8") for name in SHEETS]
    return Markup("\n".join(texts))  # noqa: S704 (our own files)


@cache
def policy() -> str:
    """The page's Content-Security-Policy: this one style sheet, pictures in the file, no more.

    A style sheet is known by its hash, so `style` attributes and scripts stay without effect even
    if one got in.
    """
    digest = base64.b64encode(hashlib.sha256(sheet().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
