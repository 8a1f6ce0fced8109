"""Makes a workbook add some indicators up: the county has no row of its own of them any more."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

Row = dict[str, str]


def add_up(root: Path, codes: Collection[str], county: str) -> None:
    """Say in the catalogue at `root` that `codes` are added up, and delete the county's results."""

    def marked(row: Row) -> Row:
        return {**row, "added_up": "yes" if row["code"] in codes else ""}

    def of_parts(row: Row) -> Row | None:
        return None if row["code"] in codes and row["unit"] == county else row

    _rewrite(root / "data/reference/indicators.csv", marked)
    _rewrite(root / "data/reference/period_provenance.csv", of_parts)
    for path in (root / "data/results").glob("*.csv"):
        _rewrite(path, of_parts)


def _rewrite(path: Path, change: Callable[[Row], Row | None]) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [each for row in csv.DictReader(file) if (each := change(row))]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0]], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
