"""What the operator asked of a run, by the options of the command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Options:
    """What the operator asked for."""

    workbook: Path
    outputs: Path
    notebooks: Path
    only: tuple[str, ...]
    workers: int
    engine: str
    force: bool
    keep_going: bool
    dry_run: bool
    pdf: bool
    quiet: bool
    verbose: bool
    as_at: str
