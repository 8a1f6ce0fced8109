"""Which store files can be trusted: whatever was written to one, it isn't used."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import duckdb
import pytest

from scorecard.store import building, inputs, trusted
from support.one_figure import change, copied, figure, files
from support.stores import stored

if TYPE_CHECKING:
    from pathlib import Path


def test_the_fingerprint_is_another_when_the_sql_changes(workbook, monkeypatch):
    before = trusted.fingerprint(workbook)
    all_names = inputs.sql_names
    monkeypatch.setattr(inputs, "sql_names", lambda folder: all_names(folder)[:-1])

    assert trusted.fingerprint(workbook) != before


def tampered(path: Path) -> None:
    """Change a store with DuckDB, and have its size and time as they were.

    What it writes needs room in the file, so first all tables go that nothing here asks.
    """
    before = path.stat()
    with duckdb.connect(str(path)) as other:
        tables = {
            name for (name,) in other.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        }
        drops = "; ".join(f"DROP TABLE {name}" for name in sorted(tables - {"result_versions"}))
        for statement in (drops, "UPDATE result_versions SET num = 96.8"):
            other.execute(statement)
            other.execute("CHECKPOINT")
    assert path.stat().st_size <= before.st_size
    with path.open("rb+") as file:
        file.truncate(before.st_size)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def logged(path: Path) -> bytes:
    """Change a store as a program that is killed does: what it wrote stays in a log beside."""
    code = (
        "import duckdb, os, sys\n"
        "c = duckdb.connect(sys.argv[1])\n"
        "c.execute(sys.argv[2])\nos._exit(0)"
    )
    statement = "UPDATE result_versions SET num = 96.8"
    subprocess.run([sys.executable, "-c", code, path, statement], check=True)
    return log_of(path).read_bytes()


def log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")


def test_a_store_that_another_connection_has_updated_is_built_again(workbook):
    name = stored(workbook)
    path = workbook.store(name)
    before = path.stat()
    tampered(path)
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    with building.connect(workbook, name) as opened:
        assert float(opened.execute("SELECT num FROM results").fetchone()[0]) == 96.8

    assert not trusted.intact(workbook, name)
    assert trusted.touched(workbook) == [path]
    assert figure(workbook) == 90
    assert name not in files(workbook)


def test_a_copy_that_another_connection_has_updated_is_copied_again(workbook):
    stored(workbook)
    tampered(workbook.store_copy)
    assert copied(workbook) == 96.8
    assert trusted.touched(workbook) == [workbook.store_copy]

    assert figure(workbook) == 90
    assert copied(workbook) == 90
    assert trusted.touched(workbook) == []


@pytest.mark.parametrize("fits", [True, False])
def test_a_log_that_was_left_beside_the_store_is_not_replayed(workbook, fits):
    path = workbook.store(stored(workbook))
    log = logged(path)
    if not fits:
        path.unlink()
        path = workbook.store(building.refresh(workbook))
        log_of(path).write_bytes(log)

    assert figure(workbook) == 90
    assert len(files(workbook)) == 1
    assert not log_of(path).exists()


@pytest.mark.parametrize("fits", [True, False])
def test_a_log_that_was_left_beside_the_copy_is_deleted(workbook, fits):
    stored(workbook)
    log = logged(workbook.store_copy)
    if not fits:
        shutil.copy(workbook.store(building.refresh(workbook)), workbook.store_copy)
        change(workbook, 91)
        building.refresh(workbook)
        log_of(workbook.store_copy).write_bytes(log)

    assert figure(workbook) == (90 if fits else 91)
    assert copied(workbook) == figure(workbook)
    assert not log_of(workbook.store_copy).exists()


@pytest.mark.parametrize("length", [0, 10, 5000, 100_000])
def test_a_store_and_a_copy_that_are_cut_off_are_made_again(workbook, length):
    for path in (workbook.store(stored(workbook)), workbook.store_copy):
        path.write_bytes(path.read_bytes()[:length])

    assert figure(workbook) == copied(workbook) == 90


def test_a_copy_that_is_no_database_or_of_an_earlier_version_is_replaced(workbook):
    workbook.store_copy.write_text("not a database", encoding="utf-8")

    assert figure(workbook) == copied(workbook) == 90
