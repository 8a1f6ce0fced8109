"""What the stores of many tests have in common, made once in a process and then copied.

Their macros are the same. To define them takes a third of the time that a store in memory needs,
and a quarter of that of one in a file. And many tests begin with the same inputs: of those that
come a third time the whole store is copied. What is copied was made by `building` from the same
files, so what is wrong there is wrong here. The rules of reference data are held once against the
same data, and no file is read again to see that it holds what was put in. Tests of the store write
and read its file as ever, and commands in processes of their own make all of it as ever.
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
MOST = 1000
"""Rows of a file of reference data that is remembered."""
_LAST = threading.local()
"""Of the store that this thread fills: the files whose macros were copied into it, and whether its
reference data keeps the rules."""


def install(folder: Path) -> None:
    """From now on copy the macros of stores, and stores of inputs that come often."""
    filled: set[str] = set()
    built: set[str] = set()

    def define(connection: duckdb.DuckDBPyConnection, name: str) -> None:
        if name == BEFORE_LOADING[0]:
            _LAST.names = _copied(connection, folder)
        if name not in getattr(_LAST, "names", ()):
            _DEFINE(connection, name)

    def fill(connection: duckdb.DuckDBPyConnection, workbook: Workbook, found: Inputs) -> None:
        inputs = hash_of(found)
        path = folder / f"filled-{inputs}.duckdb"
        if path.exists():
            building._draw_no_bar(connection)
            _copy(connection, path)
            return
        _FILL(connection, workbook, found)
        if inputs in filled:
            _copy(connection, path, back=True)
        filled.add(inputs)

    def build(workbook: Workbook, found: Inputs) -> str:
        inputs = hash_of(found)
        path = folder / f"built-{inputs}.duckdb"
        if not path.exists():
            name = _BUILD(workbook, found)
            if inputs in built:
                shutil.copyfile(workbook.store(name), path)
            built.add(inputs)
            return name
        name = trusted.name_of(inputs, path)
        workbook.stores.mkdir(exist_ok=True)
        for former in workbook.stores.glob("*-*.duckdb*"):
            former.unlink()
        shutil.copyfile(path, workbook.store(name))
        return name

    building.fill, building._build, semantic_layer.define = fill, build, define
    building._contents = lambda _: {("database", "as it is"): None}
    loading.break_rules, loading.sql_names = _rules_once(), _names


@contextmanager
def writing() -> Iterator[None]:
    """Have each store's file written, and read again, as those of users are."""
    with patch.multiple(building, _build=_BUILD, _contents=_CONTENTS):
        yield


@contextmanager
def nothing() -> Iterator[None]:
    """Have each store made as those of users are."""
    rules = patch.multiple(loading, break_rules=_RULES, sql_names=_NAMES)
    macros = patch.multiple(semantic_layer, define=_DEFINE)
    with patch.multiple(building, fill=_FILL), macros, writing(), rules:
        yield


def _rules_once() -> Callable[..., None]:
    """What holds the rules of reference data once against the same."""
    sound: set[str] = set()

    def break_rules(connection: duckdb.DuckDBPyConnection, faults: Faults, **options: Any) -> None:
        rows = [
            connection.execute(f"FROM staged_{name} LIMIT {MOST + 1}").fetchall()
            for name in (*loading.REQUIRED, *loading.OPTIONAL)
        ]
        reference = repr(rows)
        _LAST.sound = reference in sound
        try:
            _RULES(connection, faults, **options)
        finally:
            _LAST.sound = False
        if not faults and max(map(len, rows)) <= MOST:
            sound.add(reference)

    return break_rules


def _names(folder: str) -> tuple[str, ...]:
    """The SQL files of a folder; of rules only those of results where the others are kept."""
    found = _NAMES(folder)
    left = folder == "rules" and getattr(_LAST, "sound", False)
    return tuple(each for each in found if not left or "staged_results" in sql(f"rules/{each}"))


def _copy(connection: duckdb.DuckDBPyConnection, path: Path, *, back: bool = False) -> None:
    """Copy all that the database at `path` holds into a connection's own, or `back`."""
    (name,) = connection.execute("SELECT current_database()").fetchone()
    one, other = (name, "prepared") if back else ("prepared", name)
    connection.execute(f"ATTACH '{path}' AS prepared {'' if back else '(READ_ONLY)'}")
    connection.execute(f"COPY FROM DATABASE {one} TO {other}")
    connection.execute("DETACH prepared")


def _copied(connection: duckdb.DuckDBPyConnection, folder: Path) -> set[str]:
    """Copy the macros into a database; the files that they are of."""
    texts = {name: sql(name) for name in (*BEFORE_LOADING, *SEMANTIC_LAYER)}
    _copy(connection, _made(folder, tuple(texts.items()), sql("schema")))
    return {name for name, text in texts.items() if _only_macros(text)}


@cache
def _made(folder: Path, texts: tuple[tuple[str, str], ...], schema: str) -> Path:
    """A database with the macros of those files that hold nothing else."""
    path = folder / f"{_made.cache_info().misses}.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(schema)
        connection.execute("INSERT INTO about VALUES ('', 4)")
        for name, _ in texts:
            _DEFINE(connection, name)
        for kind, name in _left_out(connection, [t for _, t in texts if not _only_macros(t)]):
            connection.execute(f"DROP {kind} {name}")
    return path


def _only_macros(text: str) -> bool:
    return not re.search(r"^(?!CREATE MACRO|--)\w", text, re.MULTILINE)


def _left_out(connection: duckdb.DuckDBPyConnection, mixed: list[str]) -> Iterator[tuple[str, str]]:
    """Views, tables, and the macros of the schema and of files that define more than macros."""
    of_schema = re.findall(r"^CREATE MACRO IF NOT EXISTS (\w+)", sql("schema"), re.MULTILINE)
    yield from (("MACRO", name) for name in of_schema)
    for macro in semantic_layer.macros("\n".join(mixed)):
        yield "MACRO TABLE" if macro.table else "MACRO", macro.name
    for kind in ("view", "table"):
        names = f"SELECT {kind}_name FROM duckdb_{kind}s() WHERE NOT internal AND NOT temporary"  # noqa: S608 (ours)
        yield from ((kind, name) for (name,) in connection.execute(names).fetchall())
