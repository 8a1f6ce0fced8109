"""What a store is built from, by name and hash."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, TypeAlias

import duckdb

from scorecard.input_faults import InputFaultsError
from scorecard.params.wording import time_zone, year_begins
from scorecard.store.csv_files import UnreadableError, pieces
from scorecard.store.loading import OPTIONAL, REQUIRED
from scorecard.store.sql_files import sql, sql_names

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.workbook import Workbook

Inputs: TypeAlias = dict[str, str]
"""A file as messages name it, a file of the SQL or a setting → the SHA-256 of what it holds."""

LEDGER = "[0-9]*/*.*"
"""The files of the ledger that say what was loaded."""

READABLE_BY = "v1.2.0"
"""The oldest DuckDB that can open the file and answer from it. Without it, only a program as new as
the one that built the file could. (1.4.0 and 1.4.1 fail at macros with common table expressions.)
"""


def inputs_of(workbook: Workbook) -> Inputs:
    """All input files, time zone and year, the SQL, and DuckDB's version.

    Of strays among the results files only the names count: each is a fault, whatever it holds.

    Raises `InputFaultsError` at a line that is too long, before the rest of the file is read.
    """
    settings = {
        "DuckDB": f"{duckdb.__version__} {READABLE_BY}",
        "time zone": time_zone(workbook).key,
        "year begins": str(year_begins(workbook)),
        **{workbook.show(path): "a stray" for path in workbook.strays()},
    }
    found = {name: hashlib.sha256(value.encode()).hexdigest() for name, value in settings.items()}
    reference = [workbook.reference(name) for name in (*REQUIRED, *OPTIONAL)]
    for path in (*reference, *workbook.results(), *sorted(workbook.loads.glob(LEDGER))):
        if path.exists():
            found[workbook.show(path)] = _hash(path, workbook.show(path))
    for folder in (".", "stage", "rules", "macros", "growing"):
        for name in sql_names(folder):
            text = sql(f"{folder}/{name}").encode()
            found[f"{folder}/{name}.sql"] = hashlib.sha256(text).hexdigest()
    return found


def hash_of(found: Inputs) -> str:
    """One SHA-256 of all inputs."""
    whole = "".join(f"{name}\0{value}\0" for name, value in sorted(found.items()))
    return hashlib.sha256(whole.encode()).hexdigest()


def _hash(path: Path, name: str) -> str:
    digest = hashlib.sha256()
    try:
        for piece in pieces(path, name):
            digest.update(piece)
    except UnreadableError as error:
        raise InputFaultsError([error.fault]) from error
    return digest.hexdigest()
