"""What the stores of many tests have in common, made once in a process and then copied.

Their tables and macros are the same, and so is the reference data of most. To make these takes half
of the time that a store needs. And many tests begin with the same inputs: of those that come a
third time the whole store is copied. What is copied was made by `building` from the same files, so
what is wrong there is wrong here. The rules of reference data are held once against the same data,
and no file is read again to see that it holds what was put in. Tests of the store write and read
its file as ever, and commands in processes of their own make all of it.
"""

from __future__ import annotations

import re
import shutil
import threading
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import duckdb

from scorecard.store import building, loading, semantic_layer, trusted
from scorecard.store.inputs import hash_of
from scorecard.store.semantic_layer import BEFORE_LOADING, SEMANTIC_LAYER
from scorecard.store.sql_files import sql

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from scorecard.input_faults import Faults
    from scorecard.store.inputs import Inputs
    from scorecard.workbook import Workbook

_DEFINE = semantic_layer.define
_FILL = building.fill
_BUILD = building._build
_CONTENTS = building._contents
_RULES = loading.break_rules
_NAMES = loading.sql_names
_SQL = loading.sql
MOST = 1000
"""Rows of a file of reference data that is remembered."""
REFERENCE = re.findall(r"^INSERT INTO (\w+)", sql("reference"), re.MULTILINE)
"""The tables of reference data."""
RESULTS = ("data/results/", "data/loads/")
"""What else a store is built from, beside reference data, settings and the SQL."""


class _Filling(threading.local):
    """The store that a thread fills: whether its macros were copied, and its reference data too."""

    macros = reference = False
    sound = False
    """Whether its reference data keeps the rules."""


_NOW = _Filling()


def install(folder: Path) -> None:
    """From now on copy what stores have in common, and stores of inputs that come often."""
    come: set[Path] = set()

    def again(path: Path) -> bool:
        """Whether what a file would be a copy of comes for the second time."""
        found = path in come and not path.exists()
        come.add(path)
        return found

    def define(connection: duckdb.DuckDBPyConnection, name: str) -> None:
        if not _NOW.macros:
            _DEFINE(connection, name)

    def fill(connection: duckdb.DuckDBPyConnection, workbook: Workbook, found: Inputs) -> None:
        path = folder / f"filled-{hash_of(found)}.duckdb"
        reference = folder / f"reference-{hash_of(_without('data/results/', found))}.duckdb"
        if path.exists():
            building._draw_no_bar(connection)
            _copy(connection, path)
            return
        empty = _empty(folder, hash_of({name: found[name] for name in found if _is_sql(name)}))
        _NOW.macros, _NOW.reference = True, reference.exists()
        try:
            _copy(connection, reference if _NOW.reference else empty)
            _FILL(connection, workbook, found)
        finally:
            _NOW.macros = _NOW.reference = False
        if again(reference):
            _keep_reference(connection, empty, reference)
        if again(path):
            _copy(connection, path, back=True)

    def build(workbook: Workbook, found: Inputs) -> str:
        inputs = hash_of(found)
        path = folder / f"built-{inputs}.duckdb"
        if not path.exists():
            name = _BUILD(workbook, found)
            if again(path):
                shutil.copyfile(workbook.store(name), path)
            return name
        name = trusted.name_of(inputs, path)
        workbook.stores.mkdir(exist_ok=True)
        for former in workbook.stores.glob("*-*.duckdb*"):
            former.unlink()
        shutil.copyfile(path, workbook.store(name))
        return name

    def text(name: str) -> str:
        return "" if name == "reference" and _NOW.reference else _SQL(name)

    building.fill, building._build, semantic_layer.define = fill, build, define
    building._contents = lambda _: {("database", "as it is"): None}
    loading.break_rules, loading.sql_names, loading.sql = _rules_once(), _names, text


@contextmanager
def writing() -> Iterator[None]:
    """Have each store's file written, and read again, as those of users are."""
    with patch.multiple(building, _build=_BUILD, _contents=_CONTENTS):
        yield


@contextmanager
def nothing() -> Iterator[None]:
    """Have each store made as those of users are."""
    loads = patch.multiple(loading, break_rules=_RULES, sql_names=_NAMES, sql=_SQL)
    macros = patch.multiple(semantic_layer, define=_DEFINE)
    with patch.multiple(building, fill=_FILL), macros, writing(), loads:
        yield


def _rules_once() -> Callable[..., None]:
    """What holds the rules of reference data once against the same."""
    known: set[str] = set()

    def break_rules(connection: duckdb.DuckDBPyConnection, faults: Faults, **options: Any) -> None:
        rows = [
            connection.execute(f"FROM staged_{name} LIMIT {MOST + 1}").fetchall()
            for name in (*loading.REQUIRED, *loading.OPTIONAL)
            if not _NOW.reference
        ]
        reference = repr(rows)
        _NOW.sound = _NOW.reference or reference in known
        try:
            _RULES(connection, faults, **options)
        finally:
            _NOW.sound = False
        if rows and not faults and max(map(len, rows)) <= MOST:
            known.add(reference)

    return break_rules


def _names(folder: str) -> tuple[str, ...]:
    """The SQL files of a folder; of rules only those of results where the others are kept."""
    found = _NAMES(folder)
    left = folder == "rules" and _NOW.sound
    return tuple(each for each in found if not left or "staged_results" in sql(f"rules/{each}"))


def _is_sql(name: str) -> bool:
    return name.endswith(".sql")


def _without(folders: tuple[str, ...], found: Inputs) -> Inputs:
    return {name: value for name, value in found.items() if not name.startswith(folders)}


def _copy(connection: duckdb.DuckDBPyConnection, path: Path, *, back: bool = False) -> None:
    """Copy all that the database at `path` holds into a connection's own, or `back`."""
    (name,) = connection.execute("SELECT current_database()").fetchone()
    one, other = (name, "prepared") if back else ("prepared", name)
    connection.execute(f"ATTACH '{path}' AS prepared {'' if back else '(READ_ONLY)'}")
    connection.execute(f"COPY FROM DATABASE {one} TO {other}")
    connection.execute("DETACH prepared")


@cache
def _empty(folder: Path, made_from: str) -> Path:
    """A store without anything in its tables, of the SQL with that hash."""
    path = folder / f"empty-{made_from}.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(sql("schema"))
        for name in (*BEFORE_LOADING, *SEMANTIC_LAYER):
            _DEFINE(connection, name)
    return path


def _keep_reference(connection: duckdb.DuckDBPyConnection, empty: Path, path: Path) -> None:
    """Write the reference data of a store, in one that is empty otherwise, to `path`."""
    shutil.copyfile(empty, path)
    connection.execute(f"ATTACH '{path}' AS prepared")
    for table in REFERENCE:
        connection.execute(f"INSERT INTO prepared.{table} FROM {table}")
    connection.execute("DETACH prepared")
