"""Which store files can be trusted.

What is published must follow from the inputs and from nothing else. So a store's name is two
hashes: one of its inputs (`fingerprint`), one of the file itself. A command uses a file only if

- the first hash is that of the inputs as they are now,
- the second is that of the file's bytes, so it was not modified after it was built, and
- no write-ahead log is beside it, which DuckDB would replay into the answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.disk import file_hash
from scorecard.store.inputs import hash_of, inputs_of

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.workbook import Workbook

OF_INPUTS, OF_FILE = 16, 32
"""The digits of each hash in a name, out of 64."""


def fingerprint(workbook: Workbook) -> str:
    """SHA-256 over all that the store is built from (`inputs_of`)."""
    return hash_of(inputs_of(workbook))


def name_of(inputs: str, path: Path) -> str:
    """The name of the store at `path` that was built from the inputs of that fingerprint."""
    return f"{inputs[:OF_INPUTS]}-{file_hash(path)[:OF_FILE]}"


def current(workbook: Workbook) -> str | None:
    """The name of the store of the inputs as they are now; None when it has to be built."""
    return store_of(workbook, fingerprint(workbook))


def store_of(workbook: Workbook, inputs: str) -> str | None:
    """The name of a store that can be trusted, built from the inputs of a fingerprint, or None."""
    return next((name for name in _names(workbook, inputs) if intact(workbook, name)), None)


def intact(workbook: Workbook, name: str) -> bool:
    """Whether the store `name` is as it was built."""
    return holds(workbook.store(name), name)


def holds(path: Path, name: str) -> bool:
    """Whether the file at `path` has the bytes that its store's name was made of, and no log."""
    try:
        return file_hash(path)[:OF_FILE] == name.rpartition("-")[2] and not logs(path)
    except OSError:
        return False


def logs(path: Path) -> list[Path]:
    """The write-ahead logs beside a database, by all the names that DuckDB gives them."""
    return list(path.parent.glob(f"{path.name}.*wal*"))


def touched(workbook: Workbook) -> list[Path]:
    """Which of the current store and its copy have been written to since they were made."""
    names = _names(workbook, fingerprint(workbook))
    found = [workbook.store(name) for name in names if not intact(workbook, name)]
    copy = workbook.store_copy
    if names and copy.exists() and not any(holds(copy, name) for name in names):
        found.append(copy)
    return found


def _names(workbook: Workbook, inputs: str) -> list[str]:
    """The names of the stores that were built from the inputs of a fingerprint, intact or not."""
    pattern = f"{inputs[:OF_INPUTS]}-*.duckdb"
    return sorted(path.stem for path in workbook.stores.glob(pattern))
