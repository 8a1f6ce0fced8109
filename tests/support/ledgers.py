"""Workbooks with a history: each state of the results is recorded as one load, word for word."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from scorecard.ledger import ledger
from support.workbooks import HEADER

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.ledger.ledger import Load
    from scorecard.workbook import Workbook

START = datetime(2016, 9, 1, 12, tzinfo=UTC)
"""When the first load is made; each later one comes a day after."""

WORDS = ("added", "changed", "removed")
KEY = ("month", "unit", "code", "cohort")
Rows = dict[tuple[str, ...], dict[str, str]]


def record_load(
    workbook: Workbook,
    results: dict[str, str],
    *,
    published: dict[str, int] | None = None,
    why: str = "Late records",
    at: datetime | None = None,
) -> Load:
    """Make `results` (month → lines `unit,code,cohort,num,denom`) all there is, and a load of it.

    `published` says which months were published by then, and from which load; `at` when it is made.
    """
    before, after = _state(workbook), _rows(results)
    changes = [_change(key, before.get(key), after.get(key)) for key in sorted({*before, *after})]
    changes = [each for each in changes if each["change"]]
    number = len(ledger.read(workbook))

    def fill(folder: Path) -> None:
        with (folder / ledger.CHANGES).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ledger.COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(changes)
        for month in {*results, *(key[0] for key in before)}:
            lines = [",".join(row.values()) for key, row in after.items() if key[0] == month]
            text = HEADER + "".join(f"{line}\n" for line in lines)
            (folder / ledger.RESULTS / f"{month}.csv").write_text(text, encoding="utf-8")

    draft = ledger.Draft(
        loaded_at=at or START + timedelta(days=number),
        loaded_by="Analyst",
        why=why,
        published=published or {},
        **{
            word: sum(c["change"] == word for c in changes)
            for word in ("added", "changed", "removed")
        },
    )
    with ledger.locked(workbook):
        return ledger.write(workbook, draft, fill)


def _rows(results: dict[str, str]) -> Rows:
    found = {}
    for month, lines in results.items():
        for line in lines.split():
            values = (month, *line.split(","), "published")
            row = dict(zip((*KEY, "num", "denom", "provenance"), values, strict=True))
            found[values[:4]] = row
    return found


def _state(workbook: Workbook) -> Rows:
    """The results after the last load, replayed from the ledger."""
    state: Rows = {}
    for load in ledger.read(workbook):
        with ledger.changes(workbook, load.load).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                key = tuple(row[name] for name in KEY)
                if row["change"] == "removed":
                    del state[key]
                else:
                    state[key] = {name: row[name] for name in (*KEY, "num", "denom", "provenance")}
    return state


def _change(
    key: tuple[str, ...], before: dict[str, str] | None, after: dict[str, str] | None
) -> dict[str, str]:
    word = "added" if not before else "removed" if not after else "changed"
    if before == after:
        word = ""
    figures = ("num", "denom", "provenance")
    return {
        **dict(zip(KEY, key, strict=True)),
        "change": word,
        **{name: (after or {}).get(name, "") for name in figures},
        **{f"{name}_before": (before or {}).get(name, "") for name in figures},
    }
