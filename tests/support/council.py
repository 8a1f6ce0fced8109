"""The made-up second council's workbook, for tests that change their copy of it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from scorecard.workbook import Workbook
from support.places import TESTS
from support.stores import stored

if TYPE_CHECKING:
    from pathlib import Path


def files(folder: Path) -> Workbook:
    """A copy in `folder` of its files, without a store that another test builds there."""
    ignored = shutil.ignore_patterns("*.duckdb*", ".store")
    return Workbook.at(
        shutil.copytree(TESTS / "second_council", folder, ignore=ignored, dirs_exist_ok=True)
    )


def copy(folder: Path) -> Workbook:
    """A copy in `folder`, with its store."""
    made = files(folder)
    stored(made)
    return made
