"""`figures.parquet` of a pack: the figures that its tables show, for people who compare councils.

It is made from the pack's own downloads, so no figure is in it that no page shows, and what is
withheld there is withheld here.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from scorecard.batch import belongings
from scorecard.disk import file_hash
from scorecard.store import building
from scorecard.store.packs import FIGURES
from scorecard.store.sql_files import query

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from scorecard.batch.assembly import Assembly
    from scorecard.batch.record import AppendixRecord
    from scorecard.workbook import Workbook

SHOWN = frozenset({
    "unit", "code", "result", "result_status", "result_rating", "result_provenance", "num", "denom",
})  # fmt: skip
"""The columns of a table that shows figures of all children in the reporting month."""
OTHERS = frozenset({"month", "cohort"})
"""The columns of one that may show other figures."""


def write(
    assembly: Assembly, workbook: Workbook, store: str, records: Sequence[AppendixRecord]
) -> dict[str, str]:
    """Write the figures into the staging folder; its hash, or nothing where no table has figures.

    `store` is the store's name, for what the catalogue says of units and indicators.
    """
    newest = sorted((r for r in records if r.files), key=lambda r: str(r.made), reverse=True)
    files = [str(path) for each in newest for path in _tables(assembly.staging, each)]
    if not files:
        return {}
    belongings.announce(assembly.staging, [FIGURES])
    path = assembly.staging / FIGURES
    asked = {"files": files, "month": str(assembly.month), "council": assembly.wording.council}
    with building.connect(workbook, store) as connection:
        connection.sql(query("published_figures"), params=asked).write_parquet(str(path))
    return {FIGURES: file_hash(path)}


def _tables(folder: Path, record: AppendixRecord) -> Iterator[Path]:
    """The files of an appendix that show figures."""
    for name in record.files:
        if name.endswith(".csv"):
            with (folder / name).open(encoding="utf-8-sig", newline="") as file:
                columns = set(next(csv.reader(file), ()))
            if columns >= SHOWN and columns.isdisjoint(OTHERS):
                yield folder / name
