"""What the operator asked of a run, by the options of the command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from scorecard.batch.editions import EDITIONS

if TYPE_CHECKING:
    from collections.abc import Callable
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
    quiet: bool
    verbose: bool
    as_at: str
    editions: tuple[str, ...]


def edition_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command an option for each edition."""
    for name, each in reversed(EDITIONS.items()):
        command = click.option(f"--{name}", is_flag=True, help=each.help)(command)
    return command
