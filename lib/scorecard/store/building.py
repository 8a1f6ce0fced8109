"""Building the store's file from the workbook's inputs, and opening it.

Every answer comes from a file in `data/.store/` or in another place (`Workbook.built`), which is
built again unless it can be trusted (`trusted`). It is built under a temporary name, and renamed
once the disk holds what was put in. It never replaces another file, so that a program may have an
older one open, on Windows too. Each build deletes the older files that no program has open.

`scorecard.duckdb` beside that folder is a copy of the store for DuckDB's own program. Nothing here
reads it, and the next command that uses the store replaces it when it is not the same as the store.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import duckdb
from filelock import FileLock, Timeout

from scorecard.disk import copy_whole, rename, settle
from scorecard.errors import Notice, ScorecardError, StoreError, plain_words
from scorecard.ledger import ledger
from scorecard.store import growing, semantic_layer, trusted
from scorecard.store.inputs import READABLE_BY, Inputs, hash_of, inputs_of
from scorecard.store.loading import describe, load
from scorecard.store.sql_files import at_once, query, sql
from scorecard.store.staging import MEMORY
from scorecard.workbook import FOLDER_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.workbook import Workbook

PATIENCE = 120.0
"""Seconds that one process waits while another builds the store."""

BUILDING = "building-"

Contents: TypeAlias = dict[tuple[str, str], Any]
"""Every table, view and macro; for a table, its number of rows and the sum of their hashes."""

UNCHANGED = "What was there before is unchanged; run the command again."


def refresh(workbook: Workbook) -> str:
    """The name of the workbook's store, which is built first if none has its present inputs.

    The copy for DuckDB's own program is brought up to date too; a `Notice` says so if it can't be.
    Raises `StoreError` when the store can't be built; older stores are then unchanged.
    """
    ledger.recover(workbook)
    found = inputs_of(workbook)
    name = trusted.store_of(workbook, hash_of(found)) or _built(workbook, found)
    _update_copy(workbook, name)
    return name


def connect(workbook: Workbook, name: str) -> duckdb.DuckDBPyConnection:
    """A connection that only reads the store `name`."""
    path = workbook.store(name)
    try:
        return _attached(path)
    except duckdb.Error as error:
        if not path.exists():
            raise StoreError(
                f"{workbook.show(path)} is gone: the inputs have changed, and another command has "
                "built the store from them. Run this one again."
            ) from error
        raise StoreError(
            f"{workbook.show(path)} can't be opened: {error}. Close the program that has it open, "
            "and run the command again."
        ) from error


def fill(connection: duckdb.DuckDBPyConnection, workbook: Workbook, found: Inputs) -> None:
    """Make the store's tables and macros in an empty database, from the inputs `found`."""
    _draw_no_bar(connection)
    with at_once(connection):
        connection.execute(sql("schema"))
    _describe(connection, workbook, found)
    for name in semantic_layer.BEFORE_LOADING:
        semantic_layer.define(connection, name)
    load(connection, workbook)
    with at_once(connection):
        for name in semantic_layer.SEMANTIC_LAYER:
            semantic_layer.define(connection, name)
    _work_out(connection)


def _describe(connection: duckdb.DuckDBPyConnection, workbook: Workbook, found: Inputs) -> None:
    """Record in the store what it is built from."""
    describe(connection, workbook, hash_of(found))
    connection.execute("DELETE FROM inputs")
    connection.execute(
        "INSERT INTO inputs SELECT unnest($names), unnest($hashes)",
        {"names": list(found), "hashes": list(found.values())},
    )


def _work_out(connection: duckdb.DuckDBPyConnection) -> None:
    """Work out the figures that newly loaded rows may have changed."""
    connection.execute(sql("slices"))
    while connection.execute("FROM slices LIMIT 1").fetchone():
        connection.execute(sql("figures_of"))
    connection.execute(sql("worked_out"))


def _draw_no_bar(connection: duckdb.DuckDBPyConnection) -> None:
    """Turn off the bar of a long query, which would mix with what commands and notebooks print."""
    with suppress(duckdb.InvalidInputException):  # DuckDB raises it in Jupyter, where it has no bar
        connection.execute("SET enable_progress_bar = false")


def _lock(workbook: Workbook) -> FileLock:
    """The lock that a process holds while it writes the store or its copy."""
    return FileLock(workbook.store_copy.with_suffix(".duckdb.lock"), timeout=PATIENCE)


def _built(workbook: Workbook, found: Inputs) -> str:
    """The name of the store of the inputs `found`, built by this process or by another."""
    shown = workbook.show(workbook.stores)
    try:
        with _lock(workbook):
            return trusted.store_of(workbook, hash_of(found)) or _build(workbook, found)
    except Timeout as error:
        raise StoreError(
            f"another process has been building the store in {shown} for more than "
            f"{PATIENCE:.0f} seconds. Wait until it is done, or end it."
        ) from error
    except (duckdb.ProgrammingError, duckdb.DataError, duckdb.IntegrityError) as error:
        raise StoreError(
            "the store can't be built, because a statement of the program's own SQL failed. Send "
            "this message to those who look after the program. What was there before is unchanged. "
            f"({error})"
        ) from error
    except (duckdb.Error, OSError) as error:
        own = plain_words(error) if isinstance(error, OSError) else error
        raise StoreError(
            f"the store can't be built in {shown}. Check whether the folder can be written and its "
            f"disk has room, or let {FOLDER_VARIABLE} name another one. {UNCHANGED} ({own})"
        ) from error


def _build(workbook: Workbook, found: Inputs) -> str:
    """Build the store of the inputs `found`, and delete older ones; its name."""
    wanted = hash_of(found)
    workbook.stores.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(
        dir=workbook.stores, prefix=BUILDING, ignore_cleanup_errors=True
    ) as folder:
        new = Path(folder) / "new.duckdb"
        _write(new, workbook, found)
        if trusted.fingerprint(workbook) != wanted:
            raise StoreError(
                f"files in data/ changed while the store was built from them. {UNCHANGED}"
            )
        name = trusted.name_of(wanted, new)
        rename(new, workbook.store(name))
    settle(workbook.stores)
    for path in workbook.stores.glob("*-*.duckdb*"):
        if path != workbook.store(name):
            with suppress(OSError):  # a program has it open: the next build tries again
                path.unlink()
    for path in workbook.stores.glob(f"{BUILDING}*"):  # left by a build that was killed
        shutil.rmtree(path, ignore_errors=True)
    return name


def _write(path: Path, workbook: Workbook, found: Inputs) -> None:
    """Write a store to `path`, and check that the disk holds what was put in.

    DuckDB may close a database without an error though the disk was full, and leave it empty.
    """
    put_in = _grown(path, workbook, found) or _filled(path, workbook, found)
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    with _attached(path) as connection:
        connection.execute("RESET threads")  # all threads: nothing else can run until it is built
        if _contents(connection) != put_in or trusted.logs(path):
            raise StoreError(
                f"the store that was written in {workbook.show(workbook.stores)} does not hold "
                f"what was put in. Check whether its disk is full or failing. {UNCHANGED}"
            )


def _filled(path: Path, workbook: Workbook, found: Inputs) -> Contents:
    """Build a store at `path`; what it holds."""
    with _writing(path) as connection:
        fill(connection, workbook, found)
        return _contents(connection)


def _grown(path: Path, workbook: Workbook, found: Inputs) -> Contents | None:
    """Grow a store at `path` from the one before; what it holds, or None when it must be built.

    It must be built when growing fails in any way: a full build reports what is wrong.
    """
    try:
        stores = sorted(workbook.stores.glob("*-*.duckdb"), key=lambda each: each.stat().st_mtime)
        if not stores or not trusted.intact(workbook, stores[-1].stem):
            return None
        with _attached(stores[-1]) as former:
            months = growing.months(former, found)
        if months is None:
            return None
        shutil.copyfile(stores[-1], path)
        with _writing(path) as connection:
            _describe(connection, workbook, found)
            growing.grow(connection, workbook, months)
            _work_out(connection)
            return _contents(connection)
    except (ScorecardError, duckdb.Error, OSError):
        for left in (path, *trusted.logs(path)):
            left.unlink(missing_ok=True)
        return None


@contextmanager
def _writing(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that writes the store at `path`, and flushes it to the file at the end."""
    with duckdb.connect(
        str(path),
        config={
            "storage_compatibility_version": READABLE_BY,
            "memory_limit": MEMORY,
            # More than this is not logged first: the log would take as much room as the store.
            "checkpoint_threshold": "1MB",
            # Rows deleted as a store grows leave holes; closing them would move all later rows.
            "max_vacuum_tasks": 0,
        },
    ) as connection:
        _draw_no_bar(connection)
        with suppress(duckdb.CatalogException):  # DuckDB 1.4 does not know it
            # Reusing blocks, not freeing them, takes 5 % off the time for a million results.
            connection.execute(f"SET block_allocator_memory = '{MEMORY}'")
        yield connection
        connection.execute("CHECKPOINT")


def _contents(connection: duckdb.DuckDBPyConnection) -> Contents:
    """What a store holds."""
    found: Contents = {}
    for kind, name in connection.execute(query("contents")).fetchall():
        found[kind, name] = (
            connection.execute(query("table_sum"), {"name": name}).fetchone()
            if kind == "table"
            else None
        )
    return found


def _update_copy(workbook: Workbook, name: str) -> None:
    """Make the copy for DuckDB's own program the same as the store `name`, if it is not."""
    copy = workbook.store_copy
    if trusted.holds(copy, name):
        return
    try:
        with _lock(workbook):
            if not trusted.holds(copy, name):
                for log in trusted.logs(copy):
                    log.unlink(missing_ok=True)
                copy_whole(workbook.store(name), copy)
    except OSError as error:
        warnings.warn(
            f"{workbook.show(copy)}, the copy of the store for DuckDB's own program, may be out of "
            f"date and can't be replaced: {plain_words(error)}. If a program has it open, "
            "close that. Pages and notebooks don't use it.",
            Notice,
            stacklevel=3,
        )


def _attached(store: Path) -> duckdb.DuckDBPyConnection:
    """A connection that reads the file as it is now.

    `duckdb.connect` would return what the process already has open under that name. The connection
    has one thread, since a query takes milliseconds and a batch already uses all cores.
    """
    connection = duckdb.connect(config={"threads": 1})
    try:
        _draw_no_bar(connection)
        path = str(store).replace("'", "''")
        connection.execute(f"ATTACH '{path}' AS store (READ_ONLY)")
        connection.execute("USE store")
    except duckdb.Error:
        connection.close()
        raise
    return connection
