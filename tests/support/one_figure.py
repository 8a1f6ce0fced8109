"""A workbook with one figure, and what its store and its copy say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from scorecard.store.store import Store
from support.workbooks import HEADER, make_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.workbook import Workbook


def one_figure(folder: Path) -> Workbook:
    """A workbook whose only figure is 90 of 100."""
    return make_workbook(folder, {"2016-08": "shire,h,all,90,100"})


def change(workbook, num: int) -> None:
    """New figures, as a month's correction would bring them."""
    path = workbook.root / "data/results/2016-08.csv"
    path.write_text(f"{HEADER}2016-08,shire,h,all,{num},100,published\n", encoding="utf-8")


def figure(workbook: Workbook) -> float:
    with Store.open(workbook) as opened:
        return opened.sql("SELECT num FROM results")["num"][0]


def copied(workbook: Workbook) -> float:
    """The same figure, as DuckDB's own program finds it."""
    with duckdb.connect(str(workbook.store_copy), read_only=True) as prompt:
        return float(prompt.execute("SELECT num FROM results").fetchone()[0])


def identities(workbook: Workbook, name: str) -> list[tuple[int, int]]:
    """Which files the store and its copy are, and when each was last written."""
    found = (path.stat() for path in (workbook.store(name), workbook.store_copy))
    return [(each.st_ino, each.st_mtime_ns) for each in found]


def files(workbook: Workbook) -> set[str]:
    """The files in the folder of stores."""
    return {path.name for path in workbook.stores.iterdir()}
