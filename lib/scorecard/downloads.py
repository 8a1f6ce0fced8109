"""The figures of a page as files: a CSV for each table, and one accessible spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.outputs import DataTable
    from scorecard.page import About, Link


def of(tables: Sequence[DataTable], about: About) -> tuple[dict[str, bytes], tuple[Link, ...]]:
    """Every file to download beside the page, by its path in the month's folder, with links."""
    return {}, ()
