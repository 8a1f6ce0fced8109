"""The last line of the checks' page marks it as made by a run; a run replaces no other file."""

from __future__ import annotations

import hashlib
import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

STAMP = "<!-- made by run_month.py, with SHA-256 {} -->\n"
LAST = re.compile(re.escape(STAMP.rstrip()).replace(r"\{\}", "[0-9a-f]{64}") + r"\n\Z")
UNSTAMPED = '<h2 id="checks-made">Checks made</h2>'
"""A part of every checks' page, even of those from versions that did not stamp it (0.2.0)."""


def stamped(html: str) -> str:
    """`html` with its last line."""
    return html + STAMP.format(_hash(html))


def is_ours(page: Path) -> bool:
    """Whether `page` is missing, or is a checks' page that was not modified."""
    if not os.path.lexists(page):
        return True
    if page.is_symlink() or not page.is_file():
        return False
    html = page.read_bytes().decode(errors="replace")
    last = LAST.search(html)
    if last:
        return html == stamped(html[: last.start()])
    # A page whose stamp is not its last line was modified.
    return UNSTAMPED in html and STAMP.split("{")[0] not in html


def _hash(html: str) -> str:
    return hashlib.sha256(html.encode()).hexdigest()
