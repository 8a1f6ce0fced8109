"""The published packs of councils, for people who compare them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scorecard.disk import file_hash

if TYPE_CHECKING:
    from pathlib import Path

RECORD = "run.json"
"""The file of a pack that names all others with their hashes."""
FIGURES = "figures.parquet"
"""The file of a pack with the figures that its tables show."""


def figures(pack: Path) -> Path | None:
    """The figures of a published pack; None if they are missing or were modified."""
    path = pack / FIGURES
    try:
        known = json.loads((pack / RECORD).read_bytes())["files"].get(FIGURES)
        return path if known == file_hash(path) else None
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return None
