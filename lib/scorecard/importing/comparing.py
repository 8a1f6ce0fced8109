"""A DuckDB database for one load, deleted afterwards: the results before it and after it.

The rules of `sql/rules` check the results after the load. Libraries for checking tables were tried
and not used. Their messages name a constraint; ours name the row, the nearest known name and what
to do. They see one table; ours see the catalogue and the other rows too. For a million rows
frictionless took minutes, and pandera most of the time that a load may take.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import duckdb

from scorecard.errors import LoadError
from scorecard.importing.effect import Effect, MonthEffect, Revision
from scorecard.importing.unit_names import Spell, Unit
from scorecard.input_faults import Fault, Faults, InputFaultsError
from scorecard.ledger import ledger
from scorecard.params.extracts import Names
from scorecard.store import loading, staging
from scorecard.store.csv_files import header, skip
from scorecard.store.semantic_layer import BEFORE_LOADING
from scorecard.store.sql_files import at_once, sql
from scorecard.store.staging import COLUMNS, INSTEAD, has_result_column
from scorecard.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorecard.importing.grid import Row
    from scorecard.ledger.entry import Load
    from scorecard.workbook import Workbook

NO_RESULT = "the file holds no result."
REMEDY = "Check whether it was exported whole; to take results away, edit data/results."

CATALOGUE = {
    "units": ("unit", "name", "kind", "parent"),
    "unit_spells": ("unit", "name", "kind", "parent", "first_month", "last_month"),
    "indicators": ("code", "section", "name", "format"),
}

LARGEST = 10
"""Changes that are shown one by one."""


class File(Protocol):
    """A file to compare with the results that are loaded (`importing.sources.InputFile`)."""

    name: str

    @property
    def by_cell(self) -> bool:
        """Whether the other rows keep their row numbers when one row can't be read."""

    def stage(self, into: Comparison) -> Iterator[Fault]:
        """Copy the file's results into staged_results; yield what makes it unreadable."""

    def placed(self, fault: Fault) -> Fault:
        """A fault that a rule found, where the file has it."""


class Comparison:
    """The results before a load and after it; made by `comparison`."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, workbook: Workbook, folder: Path
    ) -> None:
        self.connection = connection
        self.folder = folder
        self._workbook = workbook

    def run(self, name: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """The rows that a file of `sql/loads` gives."""
        return self.connection.execute(sql(f"loads/{name}"), parameters or None).fetchall()

    def read_workbook(self) -> None:
        """Read the workbook; `InputFaultsError` when a file of it can't be read."""
        with at_once(self.connection):
            for name in ("schema", *BEFORE_LOADING, "macros/rounding"):
                self.connection.execute(sql(name))
        _raise(Faults(loading.stage_workbook(self.connection, self._workbook)))
        self._forget_empty()
        self.run("stored")

    def untouched(self, loads: Sequence[Load]) -> bool:
        """Whether the stored results are those that the loads lead to."""
        columns = dict.fromkeys(ledger.COLUMNS, "VARCHAR")
        led = 0
        for each in loads:
            path = str(ledger.changes(self._workbook, each.load))
            led += self.run("hash_change", path=path, columns=columns)[0][0]
        return bool(led == self.run("stored_sum")[0][0])

    def edits(self) -> None:
        """Compare the stored results with those that the loads lead to."""
        loading.stage_loads(self.connection, self._workbook)
        self.run("recorded")
        self.run("compare_edits")
        self.run("change", all=True)

    def check_stored(self) -> None:
        """Check the stored results by the rules."""
        self.connection.execute("INSERT INTO staged_results FROM stored")
        faults = Faults()
        loading.break_rules(self.connection, faults)
        _raise(faults)

    def files(self, sources: Sequence[File], provenance: str | None = None) -> dict[str, int]:
        """Compare the results of `sources` with the stored ones; their number in each.

        Every row gets `provenance`, if given, whatever it says itself.
        Raises `InputFaultsError` with all faults of all files. A CSV file with a row that can't be
        read is not checked by the rules: the rows below it would be named by wrong numbers.
        """
        faults, unreadable = Faults(), set()
        for source in sources:
            faults.add(source.stage(self))
            if source.name in faults.files and not source.by_cell:
                unreadable.add(source.name)
        self._forget_empty()
        if provenance and provenance.strip():
            self.run("provenance", provenance=provenance.strip())
        self.run("replaced")
        named = {source.name: source for source in sources}

        def placed(fault: Fault) -> Fault:
            return named[fault.file].placed(fault) if fault.file in named else fault

        loading.break_rules(self.connection, faults, unreadable=unreadable, placed=placed)
        _raise(faults)
        held = dict(self.run("files"))
        empty = [each for each in named if not held.get(each)]
        _raise(Faults(Fault(each, 0, "", NO_RESULT, REMEDY) for each in empty))
        self.run("compare_files")
        self.run("change", all=False)
        return held

    def units(self) -> list[Unit]:
        """Every unit."""
        return [Unit(*row) for row in self.run("units")]

    def unit_spells(self) -> list[Spell]:
        """What every unit was called from when to when."""
        return [Spell(*row) for row in self.run("unit_spells")]

    def catalogue(self) -> dict[str, dict[str, list[str | None]]]:
        """The columns of units and indicators that the SQL of an extract finds."""
        return {
            name: dict(zip(columns, self.run(f"catalogue_{name}")[0], strict=True))
            for name, columns in CATALOGUE.items()
        }

    def alike(self, name: str) -> str:
        """A name as it is compared with others, without regard to capitals and spaces."""
        return str(self.run("alike", called=name)[0][0])

    def names(self) -> Names:
        """What the description of an extract may name."""

        def named(query: str) -> list[str]:
            return [name for (name,) in self.connection.execute(query).fetchall()]

        return Names(
            [each.unit for each in self.units()],
            named("SELECT code FROM staged_indicators"),
            named("SELECT cohort FROM staged_cohorts"),
            named("SELECT DISTINCT section FROM staged_indicators"),
        )

    def stage_rows(self, file: str, found: Sequence[Row]) -> None:
        """Put rows that were read cell by cell into staged_results."""
        names = ("row", *COLUMNS["results"], *INSTEAD)
        held = dict(zip(names, map(list, zip(*found, strict=True)), strict=True)) if found else {}
        if held:
            self.run("rows", file=file, **held)
            if any(held["result"]):
                has_result_column(self.connection, file)

    def effect(self, published: Sequence[str]) -> Effect:
        """What the changes would do, to the `published` months too."""
        loading.describe(self.connection, self._workbook)
        packs = self.run("packs", published=list(published)) if published else []
        return Effect(
            months=tuple(MonthEffect(*row) for row in self.run("tally")),
            largest=tuple(Revision(*row) for row in self.run("largest", most=LARGEST)),
            revised=tuple(month for month, reports in packs if reports),
            shown_in=tuple(month for month, _ in packs),
        )

    def fractions(self, sources: Sequence[File]) -> list[str]:
        """The loaded percentages that look like fractions, each with its place in its file."""
        named = {source.name: source for source in sources}
        found = []
        for file, row, column, problem, rows in self.run("fractions"):
            place = named[file].placed(Fault(file, row, column, problem, rows=rows))
            found.append(f"{file}, {place}")
        return found

    def retired(self) -> list[str]:
        """A sentence on each indicator that has loaded results after it was retired."""
        return [
            f"{counted(results, 'result', 'results')} of {name} ({code}) "
            f"{'is' if results == 1 else 'are'} of months after it was retired, and no page shows "
            f"{'it' if results == 1 else 'them'}."
            for code, name, results in self.run("retired")
        ]

    def write_changes(self, folder: Path) -> None:
        """Write changes.csv into `folder`."""
        self.run("write_changes", path=str(folder / ledger.CHANGES))

    def write_results(self, folder: Path) -> None:
        """Write the results file of every month that is touched into `folder`."""
        self.run("month")
        for (month,) in self.connection.execute("SELECT DISTINCT month FROM change").fetchall():
            target, stored = folder / f"{month}.csv", self._workbook.month_results(month)
            names = header(stored, month) if stored.exists() else []
            if set(names) <= {*COLUMNS["results"], *INSTEAD}:
                self.run("write_month", month=month, path=str(target))
            else:
                columns = dict.fromkeys(names, "VARCHAR")
                self.run(
                    "write_wider_month", month=month, path=str(target), stored=str(stored),
                    columns=columns, skip=skip(stored),
                )  # fmt: skip

    def _forget_empty(self) -> None:
        self.connection.execute(sql("stage/forget_empty"))


@contextmanager
def comparison(workbook: Workbook) -> Iterator[Comparison]:
    """A comparison that has read the workbook; what it needs on the disk goes with it.

    Raises `LoadError` when there is no room for it.
    """
    with tempfile.TemporaryDirectory(prefix="scorecard-load-") as name:
        folder = Path(name)
        try:
            with duckdb.connect(
                str(folder / "load.duckdb"),
                config={"memory_limit": staging.MEMORY, "temp_directory": str(folder / "spill")},
            ) as connection:
                made = Comparison(connection, workbook, folder)
                made.read_workbook()
                yield made
        except duckdb.Error as error:
            raise LoadError(
                f"the results can't be compared. Check whether the disk of {folder} has room. "
                f"Nothing was loaded. ({error})"
            ) from error


def _raise(faults: Faults) -> None:
    if faults:
        raise InputFaultsError(faults)
