"""The macros of a store, defined once in a process and then copied.

Defining them takes a third of the time that a store in memory needs, and a quarter of that of one
in a file; tests make hundreds of them. They are defined by `building` from the same files, so a
macro that is wrong there is wrong here. Tests of building itself, and commands in processes of
their own, define them as ever.
"""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING
from unittest.mock import patch

import duckdb

from scorecard.store import building
from scorecard.store.building import CALENDAR, SEMANTIC_LAYER
from scorecard.store.staging import sql

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DEFINE = building._define
_LAST = threading.local()
"""Of the store that this thread fills: the files whose macros were copied into it."""


def install(folder: Path) -> None:
    """From now on copy the macros of stores."""

    def define(connection: duckdb.DuckDBPyConnection, name: str) -> None:
        if name == CALENDAR:
            _LAST.names = _copied(connection, folder)
        if name not in getattr(_LAST, "names", ()):
            _DEFINE(connection, name)

    building._define = define


@contextmanager
def defining() -> Iterator[None]:
    """Have every macro defined in each store."""
    with patch.object(building, "_define", _DEFINE):
        yield


def _copied(connection: duckdb.DuckDBPyConnection, folder: Path) -> set[str]:
    """Copy the macros into a database; the files that they are of."""
    (name,) = connection.execute("SELECT current_database()").fetchone()
    texts = {name: sql(name) for name in (CALENDAR, *SEMANTIC_LAYER)}
    path = _made(folder, tuple(texts.items()), sql("schema"))
    connection.execute(f"ATTACH '{path}' AS prepared (READ_ONLY)")
    connection.execute(f"COPY FROM DATABASE prepared TO {name}")
    connection.execute("DETACH prepared")
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
    """Views, tables, and the macros of files that define more than macros."""
    for macro in building.macros("\n".join(mixed)):
        yield "MACRO TABLE" if macro.table else "MACRO", macro.name
    for kind in ("view", "table"):
        names = f"SELECT {kind}_name FROM duckdb_{kind}s() WHERE NOT internal AND NOT temporary"  # noqa: S608 (ours)
        yield from ((kind, name) for (name,) in connection.execute(names).fetchall())
