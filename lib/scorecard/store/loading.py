"""From CSV files to a checked, typed store: read as text, check by every rule, then convert.

The rules are the files in `sql/rules/`, one rule a file, each a query that returns the faults it
finds as `file, row, column, problem, remedy`. A new rule is a new file there.
"""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from scorecard.errors import LINES
from scorecard.input_faults import Fault, Faults, InputFaultsError
from scorecard.ledger import ledger
from scorecard.months import WRITTEN
from scorecard.params.wording import time_zone, year_begins
from scorecard.store.sql_files import sql, sql_names
from scorecard.store.staging import stage
from scorecard.unseen import visible
from scorecard.wording import to_type
from scorecard.workbook import is_results

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    import duckdb

    from scorecard.workbook import Workbook

REQUIRED = ("units", "indicators", "targets")
OPTIONAL = ("changes", "steps", "comparators", "cohorts", "provenance", "period_provenance")
"""The files of `data/reference/`."""


def describe(
    connection: duckdb.DuckDBPyConnection, workbook: Workbook, built_from: str = ""
) -> None:
    """Fill the table `about`, from which calendar macros read when the financial year begins."""
    connection.execute("DELETE FROM about")
    about = {"built_from": built_from, "year_begins": year_begins(workbook)}
    connection.execute("INSERT INTO about VALUES ($built_from, $year_begins)", about)


def load(connection: duckdb.DuckDBPyConnection, workbook: Workbook) -> None:
    """Fill the tables of `schema.sql` from the workbook's files.

    All faults of all files are raised together as one `InputFaultsError`; nothing is loaded then.
    """
    faults = Faults(stage_workbook(connection, workbook))
    if not (workbook.results() or faults):
        problem = "there is no results file."
        faults.add([Fault("data/results", 0, "", problem, "Add one a month: 2016-08.csv.")])
    connection.execute(sql("stage/forget_empty"))
    if all(name.startswith("data/results/") for name in faults.files):
        # An unreadable row shifts the row numbers below it: other faults of its file are left out.
        break_rules(connection, faults, unreadable=faults.files)
    if faults:
        raise InputFaultsError(faults)
    stage_loads(connection, workbook)
    connection.execute(sql("reference"))
    connection.execute(sql("touched"))
    derive(connection)


def derive(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the tables of results from what is staged of the months in `touched`."""
    connection.execute(sql("load"))
    # Planning the sums takes long, and most catalogues have none.
    if connection.execute("FROM indicators WHERE added_up LIMIT 1").fetchone():
        connection.execute(sql("sums"))
    connection.execute(sql("results"))


def stage_loads(connection: duckdb.DuckDBPyConnection, workbook: Workbook) -> None:
    """Copy the ledger: every load, what was published when it was made, and what it changed."""
    stage_changes(connection, workbook, stage_entries(connection, workbook))


def stage_entries(connection: duckdb.DuckDBPyConnection, workbook: Workbook) -> list[int]:
    """Copy every load, and what was published when it was made; their numbers."""
    zone = time_zone(workbook)
    loads = ledger.read(workbook)
    for each in loads:
        load, at = each.load, each.loaded_at.astimezone(zone)
        connection.execute(
            "INSERT INTO loads VALUES (?, ?, ?, ?, ?, true)",
            [
                load,
                at.replace(tzinfo=None),
                at.tzname(),
                visible(each.loaded_by),
                visible(each.why),
            ],
        )
        for month, from_load in each.published.items():
            if from_load is not None:
                connection.execute(
                    "INSERT INTO publications VALUES (?, CAST(? || '-01' AS DATE), ?)",
                    [load, month, from_load],
                )
    return [each.load for each in loads]


def stage_changes(
    connection: duckdb.DuckDBPyConnection,
    workbook: Workbook,
    loads: Iterable[int],
    only: Collection[str] | None = None,
) -> None:
    """Copy what `loads` changed, in the months `only` if they are given."""
    for load in loads:
        connection.execute(
            sql("stage/ledger"),
            {
                "load": load,
                "path": str(ledger.changes(workbook, load)),
                "columns": dict.fromkeys(ledger.COLUMNS, "VARCHAR"),
                "months": None if only is None else [*only],
            },
        )


def stage_workbook(
    connection: duckdb.DuckDBPyConnection, workbook: Workbook, only: Collection[str] | None = None
) -> Iterator[Fault]:
    """Copy every file of the workbook into its staging table; yield what makes one unreadable.

    Of the results files only those of the months `only`, where they are given.
    """
    for name in (*REQUIRED, *OPTIONAL):
        path = workbook.reference(name)
        if name in REQUIRED or path.exists():
            yield from stage(connection, name, {path: workbook.show(path)})
    paths = (path for path in workbook.results() if only is None or path.stem in only)
    if results := {path: workbook.show(path) for path in paths}:
        yield from stage(connection, "results", results)
    for path in workbook.strays():
        yield Fault(workbook.show(path), 0, "", *_stray(path))


def _stray(path: Path) -> tuple[str, str]:
    """Why a path in the folder of results is not a results file, and what to do about it."""
    low, month = path.with_name(path.name.lower()), re.search(WRITTEN, path.name)
    if path.is_dir():
        return "this is a folder, and nothing in it is read.", AWAY
    if low.name.startswith("~$"):
        problem = "this is the lock file of an open spreadsheet."
        return problem, "Close that spreadsheet, then delete this file if it is still there."
    if low.suffix in (".xlsx", ".xlsm"):
        to_load = to_type(f"load {shlex.quote(path.name)}")
        return "no spreadsheet is read from this folder.", f"{AWAY[:-1]} and load it: `{to_load}`."
    if low.suffix != ".csv":
        return "only results files are read from this folder.", AWAY
    if is_results(low):
        problem = "its extension is not in lower case, so it is not read."
        if low.exists() and not low.samefile(path):
            return problem, f"There is {low.name} too: move one of them out of this folder."
        return problem, f"Rename it to {low.name}."
    if month:
        problem = f"results of {month[0]} are only read from {month[0]}.csv."
        return problem, f"{AWAY[:-1]} if it is a copy; otherwise give it that name."
    return (
        "the file is not named after a month.",
        f"{AWAY[:-1]}, or write its name like `2016-08.csv`.",
    )


AWAY = "Move it out of this folder."


def break_rules(
    connection: duckdb.DuckDBPyConnection,
    faults: Faults,
    *,
    unreadable: Collection[str] = (),
    placed: Callable[[Fault], Fault] = lambda fault: fault,
) -> None:
    """Add to `faults` what the rules find in the staging tables, each as `placed` returns it.

    What they find in `unreadable` files is left out.
    """
    listing = sql("stage/faults")
    absent = tuple(f"{begins}_" for (begins,) in connection.execute(sql("stage/absent")).fetchall())
    for rule in sql_names("rules"):
        if f"{rule}_".startswith(absent):
            continue
        text = sql(f"rules/{rule}")
        if connection.execute(text).fetchone() is None:
            continue
        asked = {"rule": text, "kept": LINES, "unreadable": list(unreadable)}
        for file, row, column, problem, remedy, rows in connection.execute(
            listing, asked
        ).fetchall():
            if row is None:
                faults.count(file, rows)
            else:
                faults.add([placed(Fault(file, row, column, problem, remedy, rows))])
