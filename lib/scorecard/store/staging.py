"""A CSV file is copied into its staging table as text, before its content is checked.

Every CSV file is read this way, in `data/` or loaded. It may have a byte order mark, any line ends,
spaces around cells, and months as a spreadsheet writes them (`as_month` in `sql/schema.sql`).
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any

import duckdb

from scorecard.input_faults import Fault
from scorecard.store import csv_files
from scorecard.store.csv_files import LOOK, TOO_LONG, Table, UnreadableError, header_faults
from scorecard.store.sql_files import sql
from scorecard.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


MEMORY = "320MiB"
"""What DuckDB keeps in memory at most while it loads results or builds a store; the rest it writes
to the disk. The process takes some 130 MiB more.
"""
ALIKE = 50_000
"""The most lines of a file that is read together with others. For longer files, planning takes
little of the time, and reading them again because one of them can't be read would take much.
"""

COLUMNS = {
    "units": ("unit", "name", "kind", "parent"),
    "indicators": (
        "code", "section", "name", "polarity", "data_period", "format", "supplied",
        "comparable_from", "definition", "data_source",
    ),
    "targets": (
        "code", "valid_from", "target", "floor", "green_within", "amber_within", "note",
    ),
    "changes": ("code", "month", "change", "reason"),
    "steps": ("code", "month", "reason"),
    "comparators": ("code", "comparator", "valid_from", "period", "result", "source"),
    "cohorts": ("cohort", "dimension", "name", "exhaustive"),
    "provenance": ("provenance", "marker", "count_marker", "footnote"),
    "period_provenance": ("month", "unit", "code", "cohort", "data_period", "provenance"),
    "results": ("month", "unit", "code", "cohort", "num", "denom", "provenance"),
}  # fmt: skip
"""The columns each kind of file must have; there may be more."""

INSTEAD = ("status", "result")
"""The columns of results that may be there, for what is in place of num and denom."""


def stage(
    connection: duckdb.DuckDBPyConnection, kind: str, named: Mapping[Path, str]
) -> Iterator[Fault]:
    """Copy files into the staging table of their `kind`; yield what makes one unreadable.

    `named` says what each is called in faults. A file is read piece by piece: it may be large.
    """
    alike: dict[tuple[Any, ...], list[Table]] = {}
    for path, name in named.items():
        try:
            table = Table.of(path, name)
            faults = list(header_faults(name, table.header, COLUMNS[kind]))
            yield from table.unseen() if table.hides else faults
        except UnreadableError as error:
            yield error.fault
            continue
        if not (faults or table.hides):
            alone = path if table.lines > ALIKE else None
            alike.setdefault((*table.header, table.skip, table.spaces, alone), []).append(table)
    for tables in alike.values():
        yield from _copy(connection, kind, tables)


def _copy(connection: duckdb.DuckDBPyConnection, kind: str, tables: list[Table]) -> Iterator[Fault]:
    """Copy tables that are alike by one statement, which takes longer to plan than to run."""
    first, rows = tables[0], [table.lines - 1 for table in tables]
    try:
        connection.execute("BEGIN")
        copied = connection.execute(
            sql(f"stage/{kind}"),
            {
                "paths": [str(table.path) for table in tables],
                "files": [table.name for table in tables],
                "above": [0, *accumulate(rows[:-1])],
                "spaces": first.spaces, "longest": csv_files.LINE, "skip": first.skip,
                "columns": dict.fromkeys(first.header, "VARCHAR"),
            },
        ).fetchone()  # fmt: skip
    except duckdb.InvalidInputException:
        copied = None
    if len(tables) > 1 and copied != (sum(rows),):  # a row has several lines, or a line none
        connection.execute("ROLLBACK")
        for table in tables:
            yield from _copy(connection, kind, [table])
        return
    if not copied:
        connection.execute("ROLLBACK")
        yield from _unreadable(first)
        return
    connection.execute("COMMIT")
    if kind == "results" and "result" in first.header:
        for table in tables:
            has_result_column(connection, table.name)
    if copied != (sum(rows),):
        _count_blank_lines(connection, kind, first)


def has_result_column(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Note that the finished results of a file have a column of their own."""
    connection.execute(sql("stage/result_column"), {"file": name})


def _unreadable(table: Table) -> Iterator[Fault]:
    """All rows that don't fit the table: DuckDB itself stops at the first."""
    known, columns = False, len(table.header)
    try:
        for number, cells in enumerate(table.rows(), start=1):
            # DuckDB passes over one empty cell at the end, which some programs write.
            if sum(map(len, cells)) > csv_files.LINE:
                known = True
                yield Fault(table.name, number, "", TOO_LONG, LOOK)
            elif cells and len(cells) != columns and [*cells[columns:]] != [""]:
                known = True
                have = counted(len(cells), "cell", "cells")
                problem = f"the row can't be read: it has {have}, and the header {columns}."
                yield Fault(table.name, number, "", problem, "Compare it with the others.")
    except UnreadableError as error:
        known = True
        yield error.fault
    if not known:
        problem = "the lines don't all end in the same way, or a quote is out of place."
        remedy = "Open the file in a spreadsheet program and save it as CSV UTF-8."
        yield Fault(table.name, 0, "", problem, remedy)


def _count_blank_lines(connection: duckdb.DuckDBPyConnection, kind: str, table: Table) -> None:
    """Number the rows of a file as a spreadsheet does: DuckDB passes over blank lines."""
    blank, counted = 0, 0
    first: list[int] = []
    above: list[int] = []
    for number, cells in enumerate(table.rows(), start=1):
        if not cells:
            blank += 1
        elif blank > counted:
            first.append(number - blank)
            above.append(blank)
            counted = blank
    if first:
        text = sql("stage/blank_lines").format(kind=kind)
        connection.execute(text, {"file": table.name, "first": first, "blank": above})
