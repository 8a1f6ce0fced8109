"""The ledger, `data/loads/`: one numbered folder a load, written whole or not at all.

    data/loads/0001/load.yml      when, by whom, why, from which files (`Load`)
    data/loads/0001/changes.csv   every row that it added, changed or removed, before and after
    data/loads/versions/          reference data, parameters and commentary (`versions.py`)

Each load.yml holds the SHA-256 of its changes and of the load before it: a chain, which
shows whether the ledger was edited or lost a part.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from scorecard.disk import content_hash, flush, in_use, rename, settle, text_hash
from scorecard.errors import LedgerError, plain_words
from scorecard.interruption import held_back
from scorecard.ledger.entry import Draft, Load, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scorecard.workbook import Workbook

ENTRY, CHANGES, RESULTS = "load.yml", "changes.csv", "results"
NEW, LOCK = ".new", ".lock"
PATIENCE = 30.0
"""Seconds that one load waits for another."""

COLUMNS = (
    "month", "unit", "code", "cohort", "change", "num", "denom", "provenance", "num_before",
    "denom_before", "provenance_before",
)  # fmt: skip
"""The columns of changes.csv. `change` is added, changed or removed; figures are as supplied."""


def folder(workbook: Workbook, load: int) -> Path:
    """The folder of a load."""
    return workbook.loads / f"{load:04d}"


def changes(workbook: Workbook, load: int) -> Path:
    """The changes.csv of a load."""
    return folder(workbook, load) / CHANGES


def read(workbook: Workbook) -> tuple[Load, ...]:
    """Every load, oldest first; none when the workbook has no ledger.

    Raises `LedgerError` when a load is missing, can't be read, or was modified after it was made.
    """
    found: list[Load] = []
    previous = None
    for number, path in _numbered(workbook):
        entry = path / ENTRY
        load, own = _entry(workbook.show(entry), entry)
        if number != len(found) + 1:
            missing = workbook.show(folder(workbook, len(found) + 1))
            raise LedgerError(f"{missing} is missing, though {path.name} is there. {BRING_BACK}")
        if load.load != number:
            raise LedgerError(f"{workbook.show(entry)} says it is load {load.load}. {BRING_BACK}")
        if load.previous != previous:
            before = workbook.show(path if number == 1 else folder(workbook, number - 1))
            raise LedgerError(f"{before}/{ENTRY} was modified after load {number}. {BRING_BACK}")
        _check_changes(workbook, load)
        found.append(load)
        previous = own
    return tuple(found)


BRING_BACK = (
    "A load must never be edited or removed: bring the original back from git or from a copy, and "
    "make corrections by a new load."
)


def recover(workbook: Workbook) -> None:
    """Finish a load that was killed: move its results into place, or delete it if it has no number.

    Returns at once when there is nothing to do. Raises `LedgerError` when a load that has its
    number can't be finished.
    """
    if not _unfinished(workbook):
        return
    pending = is_pending(workbook)
    try:
        with FileLock(workbook.loads / LOCK, timeout=PATIENCE if pending else 0):
            _finish(workbook)
    except Timeout as error:
        if pending:
            raise LedgerError(BUSY) from error
        # The unfinished folder belongs to a load that is being written now.
    except OSError as error:
        if pending:
            raise LedgerError(_unfinishable(workbook, error)) from error
        # A load without a number can't be deleted here, but does no harm.


def is_pending(workbook: Workbook) -> bool:
    """Whether a load has its number, but was killed before all its results were in place."""
    return any(path.name == RESULTS for path in _unfinished(workbook))


BUSY = "another load is being written; wait until it is done, and run the command again."


@contextmanager
def locked(workbook: Workbook) -> Iterator[None]:
    """Keep other loads out, and first finish a load that was killed.

    Raises `LedgerError` when another load takes more than `PATIENCE` seconds, or the folder can't
    be written.
    """
    try:
        workbook.loads.mkdir(parents=True, exist_ok=True)
        lock = FileLock(workbook.loads / LOCK, timeout=PATIENCE)
        lock.acquire()
    except Timeout as error:
        raise LedgerError(BUSY) from error
    except OSError as error:
        raise LedgerError(f"the ledger can't be written: {_explained(workbook, error)}.") from error
    try:
        try:
            _finish(workbook)
        except OSError as error:
            raise LedgerError(_unfinishable(workbook, error)) from error
        yield
    finally:
        lock.release()


def write(workbook: Workbook, draft: Draft, fill: Callable[[Path], None]) -> Load:
    """Number `draft` and make it part of the ledger; call it while it is `locked`.

    `fill` writes into the folder it is given: changes.csv, and in results/ the new content of every
    results file that the load changes. The load is made once the folder has its number; the next
    command moves results into place that are not there yet.
    """
    before = read(workbook)
    new, number = workbook.loads / NEW, len(before) + 1
    committed = False
    try:
        _clear(new)
        (new / RESULTS).mkdir(parents=True)
        fill(new)
        load = Load(
            **dict(draft),
            load=number,
            changes_sha256=text_hash(new / CHANGES),
            previous=text_hash(folder(workbook, len(before)) / ENTRY) if before else None,
        )
        (new / ENTRY).write_text(load.text, encoding="utf-8", newline="\n")
        flush(new)
        _check_writable(workbook, new / RESULTS)
        with held_back(f"load {number} is recorded"):
            rename(new, folder(workbook, number))
            committed = True
            settle(workbook.loads)
            _finish(workbook)
    except OSError as error:
        what = (
            f"load {number} is recorded, but data/results is not up to date yet: "
            f"{_explained(workbook, error)}. Run any command again to finish it"
            if committed
            else f"the load can't be written: {_explained(workbook, error)}. Nothing was loaded"
        )
        raise LedgerError(f"{what}.") from error
    finally:
        if not committed:
            shutil.rmtree(new, ignore_errors=True)
    return load


def _numbered(workbook: Workbook) -> list[tuple[int, Path]]:
    """The folders of the loads, in order of their numbers."""
    if not workbook.loads.is_dir():
        return []
    found = []
    for path in workbook.loads.iterdir():
        if path.name.startswith(".") or not path.is_dir() or path == workbook.versions:
            continue
        if not (path.name.isascii() and path.name.isdigit() and len(path.name) >= 4):
            raise LedgerError(
                f"{workbook.show(path)} is not a load: the folder of one has a number such as "
                "0001. Move it out of data/loads."
            )
        found.append((int(path.name), path))
    return sorted(found)


def _entry(name: str, path: Path) -> tuple[Load, str]:
    """An entry and its SHA-256."""
    try:
        content = path.read_bytes()
        return parse(content), content_hash(content)
    except FileNotFoundError:
        raise LedgerError(f"{name} is missing. {BRING_BACK}") from None
    except OSError as error:
        raise LedgerError(f"{name} can't be read: {plain_words(error)}.") from error
    except ValueError as error:
        raise LedgerError(
            f"{name} is not a valid entry of the ledger: {error}. {BRING_BACK}"
        ) from error


def _check_changes(workbook: Workbook, load: Load) -> None:
    path = changes(workbook, load.load)
    name = workbook.show(path)
    try:
        intact = text_hash(path) == load.changes_sha256
    except FileNotFoundError:
        raise LedgerError(f"{name} is missing. {BRING_BACK}") from None
    except OSError as error:
        raise LedgerError(f"{name} can't be read: {plain_words(error)}.") from error
    if not intact:
        raise LedgerError(f"{name} was modified after load {load.load}. {BRING_BACK}")


def _unfinished(workbook: Workbook) -> list[Path]:
    """What a killed load left: a folder without a number, results that are not yet in place."""
    new = [workbook.loads / NEW] if (workbook.loads / NEW).exists() else []
    return new + [path / RESULTS for _, path in _numbered(workbook) if (path / RESULTS).is_dir()]


def _finish(workbook: Workbook) -> None:
    """Move the results of a load that has its number into place, and delete one that has none."""
    results = workbook.root / "data" / "results"
    for path in _unfinished(workbook):
        if path.name == RESULTS:
            results.mkdir(exist_ok=True)
            for file in sorted(path.glob("*.csv")):
                file.replace(results / file.name)
            settle(results)
        shutil.rmtree(path)
        settle(path.parent)


def _check_writable(workbook: Workbook, coming: Path) -> None:
    """Raise `OSError` when the files in the folder `coming` can't be written to data/results.

    Call it before the load has a number.
    """
    results = workbook.root / "data" / "results"
    results.mkdir(exist_ok=True)
    with tempfile.TemporaryFile(dir=results) as probe:
        probe.write(b"month")
        probe.flush()
        os.fsync(probe.fileno())
    there = (results / path.name for path in sorted(coming.glob("*.csv")))
    for path in in_use(each for each in there if each.exists()):
        raise PermissionError(errno.EACCES, "a program has it open; close it there", str(path))


def _clear(path: Path) -> None:
    if path.exists():
        shutil.rmtree(path)


def _unfinishable(workbook: Workbook, error: OSError) -> str:
    return (
        f"a load was interrupted and can't be finished: {_explained(workbook, error)}. Make "
        "data/results and data/loads writable, and run the command again."
    )


def _explained(workbook: Workbook, error: OSError) -> str:
    """A system error in plain words, after the path of its file within the workbook."""
    where = f"{workbook.show(Path(error.filename))}: " if error.filename else ""
    return f"{where}{plain_words(error)}"
