"""From CSV files to a checked, typed store: read as text, hold against every rule, then convert.

The rules are the files in `sql/rules/`, one rule a file, each a query that returns the faults it
finds as `file, row, column, problem, remedy`. A new rule is a new file there.
"""

from __future__ import annotations

import csv
import re
from importlib.resources import files
from io import StringIO
from typing import TYPE_CHECKING

from scorecard.errors import Fault, InputFaultsError
from scorecard.loads import ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from importlib.resources.abc import Traversable
    from pathlib import Path

    import duckdb

    from scorecard.workbook import Workbook

SQL = files("scorecard") / "sql"
COLUMNS = {
    "units": ("unit", "name", "kind", "parent"),
    "indicators": (
        "code", "section", "name", "polarity", "data_period", "format", "supplied",
        "comparable_from", "definition", "data_source",
    ),
    "targets": (
        "code", "valid_from", "target", "floor", "green_within", "amber_within", "note",
    ),
    "provenance": ("provenance", "marker", "count_marker", "footnote"),
    "period_provenance": ("month", "unit", "code", "cohort", "data_period", "provenance"),
    "results": ("month", "unit", "code", "cohort", "num", "denom", "provenance"),
}  # fmt: skip
"""The columns each kind of file must have; more may stand beside them."""

REQUIRED = ("units", "indicators", "targets")
OPTIONAL = ("provenance", "period_provenance")
"""The files of `data/reference/`."""

FAULTS_AT_MOST = 200
"""Faults told of one file: enough to mend it in one go, few enough to read."""


def load(connection: duckdb.DuckDBPyConnection, workbook: Workbook) -> None:
    """Fill the tables of `schema.sql` from the workbook's files.

    All faults of all files are raised together as one `InputFaultsError`; nothing is loaded then.
    """
    faults = list(_stage_all(connection, workbook))
    connection.execute((SQL / "stage" / "forget_empty.sql").read_text(encoding="utf-8"))
    unreadable = {fault.file for fault in faults}
    if all(name.startswith("data/results/") for name in unreadable):
        # A row that can't be read shifts the numbers of those below: its file is told of by it.
        faults += [each for each in _break_rules(connection) if each.file not in unreadable]
    if faults:
        raise InputFaultsError(faults)
    _stage_loads(connection, workbook)
    connection.execute((SQL / "load.sql").read_text(encoding="utf-8"))


def _stage_loads(connection: duckdb.DuckDBPyConnection, workbook: Workbook) -> None:
    """Copy the ledger: every load, what was published when it was made, and what it changed."""
    for each in ledger.read(workbook):
        load = each.load
        connection.execute(
            "INSERT INTO loads VALUES (?, ?, ?, ?, true)",
            [load, each.loaded_at.replace(tzinfo=None), each.loaded_by, each.why],
        )
        for month, from_load in each.published.items():
            if from_load is not None:
                connection.execute(
                    "INSERT INTO publications VALUES (?, CAST(? || '-01' AS DATE), ?)",
                    [load, month, from_load],
                )
        connection.execute(
            (SQL / "stage" / "changes.sql").read_text(encoding="utf-8"),
            {
                "load": load,
                "path": str(ledger.changes(workbook, load)),
                "columns": dict.fromkeys(ledger.COLUMNS, "VARCHAR"),
            },
        )


def sql_files(folder: str) -> list[Traversable]:
    """The SQL files of one folder in `sql/`, in order of name."""
    return sorted(
        (f for f in (SQL / folder).iterdir() if f.name.endswith(".sql")), key=lambda f: f.name
    )


def _stage_all(connection: duckdb.DuckDBPyConnection, workbook: Workbook) -> Iterator[Fault]:
    for name in REQUIRED:
        yield from _stage(connection, workbook, name, workbook.reference(name))
    for name in OPTIONAL:
        if workbook.reference(name).exists():
            yield from _stage(connection, workbook, name, workbook.reference(name))
    results = workbook.results()
    if not results:
        yield Fault(
            "data/results", 0, "", "there is no results file.", "Add one a month: 2016-08.csv."
        )
    for path in results:
        yield from _stage(connection, workbook, "results", path)


def _stage(
    connection: duckdb.DuckDBPyConnection, workbook: Workbook, kind: str, path: Path
) -> Iterator[Fault]:
    """Copy one file into its staging table as text; yield what makes it unreadable."""
    name = workbook.show(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        header = next(_rows(text), [])
    except FileNotFoundError:
        yield Fault(name, 0, "", "the file is missing.", "The workbook needs it.")
        return
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        yield Fault(name, row, "", "the file is not UTF-8 text.", "Save it as CSV UTF-8.")
        return
    except OSError as error:
        yield Fault(
            name, 0, "", f"the file can't be read: {error.strerror}.", "Close it elsewhere."
        )
        return
    except csv.Error as error:
        yield Fault(name, 1, "", f"the row can't be read: {error}.", "Compare it with the others.")
        return
    if kind == "results" and not re.fullmatch(r"[12]\d{3}-(0[1-9]|1[0-2])", path.stem):
        yield Fault(name, 0, "", "the file is not named after a month.", "Name it 2016-08.csv.")
        return
    faults = list(_header_faults(name, header, COLUMNS[kind]))
    if faults:
        yield from faults
        return
    connection.execute(
        (SQL / "stage" / f"{kind}.sql").read_text(encoding="utf-8"),
        {"path": str(path), "file": name, "columns": dict.fromkeys(header, "VARCHAR")},
    )
    rejected = connection.execute((SQL / "stage" / "rejected.sql").read_text(encoding="utf-8"))
    unreadable = rejected.fetchall()
    for row, problem in unreadable:
        yield Fault(
            name, row, "", f"the row can't be read: {problem}.", "Compare it with the others."
        )
    connection.execute((SQL / "stage" / "forget_rejected.sql").read_text(encoding="utf-8"))
    if not unreadable:
        _count_blank_lines(connection, kind, name, text)


def _count_blank_lines(
    connection: duckdb.DuckDBPyConnection, kind: str, name: str, text: str
) -> None:
    """Number the rows of a file as a spreadsheet does: DuckDB passes over blank lines."""
    numbers = [number for number, cells in enumerate(_rows(text), start=1) if cells][1:]
    if numbers and numbers[-1] != len(numbers) + 1:
        connection.execute(
            f"UPDATE staged_{kind} SET row = $numbers[row - 1] WHERE file = $file",  # noqa: S608
            {"numbers": numbers, "file": name},
        )


def _rows(text: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""))


def _header_faults(name: str, header: list[str], needed: Iterable[str]) -> Iterator[Fault]:
    if not header:
        yield Fault(name, 0, "", "the file is empty.", "Name its columns in the first row.")
        return
    for sign, word in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and sign in header[0]:
            yield Fault(name, 1, "", f"columns are separated by {word}.", "Save it with commas.")
            return
    for column in needed:
        if column not in header:
            yield Fault(name, 1, column, "the column is missing.", "Name it in the first row.")
    for position, column in enumerate(header):
        if not column:
            yield Fault(name, 1, "", f"column {position + 1} has no name.", "Name or delete it.")
        elif column in header[:position]:
            yield Fault(name, 1, column, "the column stands twice.", "Delete one of the two.")


def _break_rules(connection: duckdb.DuckDBPyConnection) -> Iterator[Fault]:
    told: dict[str, int] = {}
    for rule in sql_files("rules"):
        for found in connection.execute(rule.read_text(encoding="utf-8")).fetchall():
            fault = Fault(*found)
            told[fault.file] = told.get(fault.file, 0) + 1
            if told[fault.file] <= FAULTS_AT_MOST:
                yield fault
    for file, count in told.items():
        if count > FAULTS_AT_MOST:
            yield Fault(file, 0, "", f"and {count - FAULTS_AT_MOST} more faults are not listed.")
