"""A small workbook whose results, loads and catalogue change at random."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from scorecard.ledger import ledger
from support.workbooks import INDICATORS, PROVENANCES, TARGETS, UNITS, make_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from random import Random

    from scorecard.workbook import Workbook

MONTHS = [f"{2014 + n // 12}-{n % 12 + 1:02}" for n in range(6, 27)]
"""Of 21 months the first 12 have results from the start; the others may come."""
CODES = ("h", "roll", "ytd", "done", "stock", "flow")
ADDED_UP = ("roll", "stock", "flow")
PLACES = [(unit, code) for unit in ("shire", "north", "south", "north-team") for code in CODES]
FINISHED = "done"
KEY = ("month", "unit", "code", "cohort")
FIGURES = ("num", "denom", "provenance")
START = datetime(2016, 9, 1, 12, tzinfo=UTC)

Key = tuple[str, ...]
Results = dict[Key, tuple[str, str, str]]


class Council:
    """The workbook, and what its files and its ledger hold."""

    def __init__(self, folder: Path, chance: Random) -> None:
        head, *rows = INDICATORS.splitlines()
        lines = [f"{row},{'yes' if row.split(',')[0] in ADDED_UP else 'no'}" for row in rows]
        units, *each = UNITS.splitlines()
        spells = [f"{unit},{',2016-01' if unit.startswith('north-team') else ','}" for unit in each]
        self.workbook: Workbook = make_workbook(
            folder,
            {},
            units="\n".join([f"{units},first_month,last_month", *spells, ""]),
            indicators="\n".join([f"{head},added_up", *lines, ""]),
            provenance=PROVENANCES.replace("estimate,,,", "estimate,e,e,It is an estimate."),
        )
        (self.workbook.reference("changes")).write_text(
            "code,month,change,reason,recounted\nroll,2014-12,amended,New guidance,\n"
        )
        self.chance = chance
        self.results: Results = {}
        self.recorded: Results = {}
        self.loads = 0
        for month in MONTHS[:12]:
            self.change([month], 9)
        self.write()

    def change(self, months: list[str], most: int) -> None:
        """Some results of each month come, go or are others."""
        for month in months:
            for unit, code in self.chance.sample(PLACES, self.chance.randint(1, most)):
                if unit == "north-team" and month > "2016-01":
                    continue
                key = (month, unit, code)
                self.results.pop((*key, "excluding_uasc"), None)
                if self.chance.random() < 0.2:
                    self.results.pop((*key, "all"), None)
                    continue
                count, share = code in ("stock", "flow"), self.chance.random()
                denom = self.chance.randint(1, 9)
                num = self.chance.randint(0, denom)
                source = self.chance.choice(["published", "published", "estimate"])
                whole = "" if count else str(denom)
                figures = (f"{num}", whole, source)
                if share < 0.1:
                    figures = (self.chance.choice(["withheld", "not_available", "low"]), "", source)
                elif share < 0.3 and code == FINISHED:
                    figures = (f"{num}.5", "result", source)
                elif share < 0.6:
                    self.results[*key, "excluding_uasc"] = (f"{num}", whole, "published")
                self.results[*key, "all"] = figures

    def write(self) -> None:
        """Write the results files, one a month that has any."""
        for path in self.workbook.results():
            path.unlink()
        for month in {key[0] for key in self.results}:
            self._write_month(self.workbook.month_results(month), month)

    def _write_month(self, path: Path, month: str) -> None:
        rows = [(*key, *each) for key, each in sorted(self.results.items()) if key[0] == month]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerows([(*KEY, *FIGURES), *rows])

    def load(self, before: Results, published: Mapping[str, int]) -> None:
        """Record what became of the results `before`; the packs `published` came of these loads."""
        keys = [key for key in {*before, *self.results} if before.get(key) != self.results.get(key)]
        rows = []
        for key in sorted(keys):
            old, new = self.recorded.get(key), self.results.get(key)
            word = "removed" if new is None else "changed" if old else "added"
            rows.append((*key, word, *(new or ("", "", "")), *(old or ("", "", ""))))
            self.recorded.pop(key, None)
            if new:
                self.recorded[key] = new
        months = {key[0] for key in self.results}

        def fill(folder: Path) -> None:
            with (folder / ledger.CHANGES).open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows([ledger.COLUMNS, *rows])
            for month in {key[0] for key in keys} & months:
                self._write_month(folder / ledger.RESULTS / f"{month}.csv", month)

        with ledger.locked(self.workbook):
            ledger.write(
                self.workbook,
                ledger.Draft(
                    loaded_at=START + timedelta(days=self.loads), loaded_by="Analyst", why="Late",
                    added=0, changed=0, removed=0, published=published,
                ),
                fill,
            )  # fmt: skip
        self.loads += 1
        self.write()

    def some_packs(self) -> dict[str, int]:
        """Months whose packs were published, each made from a load."""
        months = sorted({key[0] for key in self.results}) if self.loads else []
        published = self.chance.sample(months, min(2, len(months)))
        return {month: self.chance.randint(1, self.loads) for month in published}

    # What may happen

    def some_months(self) -> list[str]:
        """One month or two, from the first to the one after the last that has results."""
        last = max(MONTHS.index(key[0]) for key in self.results)
        return self.chance.sample(MONTHS[: last + 2], self.chance.choice([1, 1, 2]))

    def edit(self) -> None:
        """Files are edited by hand."""
        self.change(self.some_months(), 4)
        self.write()

    def load_results(self) -> None:
        """A load brings results and corrections."""
        before = dict(self.results)
        self.change(self.some_months(), 6)
        self.load(before, {})

    def load_after_publishing(self) -> None:
        """The same, when packs were published."""
        before = dict(self.results)
        self.change(self.some_months(), 6)
        self.load(before, self.some_packs())

    def record_edits(self) -> None:
        """What was edited by hand is recorded; packs may have been published."""
        self.load(dict(self.recorded), self.some_packs())

    def remove_month(self) -> None:
        """A file of results is taken away."""
        month = self.chance.choice(sorted({key[0] for key in self.results})[1:] or [""])
        self.results = {key: each for key, each in self.results.items() if key[0] != month}
        self.write()

    def change_catalogue(self) -> None:
        """A target changes."""
        text = TARGETS.replace("roll,2015-04,90", f"roll,2015-04,{self.chance.randint(81, 99)}")
        self.workbook.reference("targets").write_text(text, encoding="utf-8")


STEPS = (
    Council.edit, Council.record_edits, Council.remove_month,
    Council.load_results, Council.load_after_publishing, Council.change_catalogue,
)  # fmt: skip
