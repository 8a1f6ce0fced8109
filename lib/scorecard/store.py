"""The store: one DuckDB file built from the workbook's CSV, read through SQL macros.

Everything a page says is decided in `sql/macros/`, so that a notebook, a test and an analyst at a
bare DuckDB prompt get the same answer: `FROM scorecard('kent', '2016-08')`.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import duckdb
from filelock import FileLock, Timeout

from scorecard import params
from scorecard.errors import StoreError
from scorecard.loading import OPTIONAL, REQUIRED, load, sql_files
from scorecard.loads import ledger
from scorecard.questions import Questions, Records, query
from scorecard.staging import SQL
from scorecard.workbook import STORE_VARIABLE

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    import pandas as pd

    from scorecard.workbook import Workbook

SEMANTIC_LAYER = (
    "macros/months", "macros/as_at", "macros/rounding", "macros/rating", "macros/direction",
    "macros/periods",
    "figures",
    "macros/scorecard", "macros/trend", "macros/activity", "macros/uasc_impact",
    "macros/movement", "macros/revisions",
)  # fmt: skip
"""What decides every figure, each file after those it builds on."""

LEDGER = "[0-9]*/*.*"
"""The files of the ledger that say what was loaded."""


PATIENCE = 120.0
"""Seconds that one process waits while another builds the store."""


@dataclass(frozen=True)
class Catalogue:
    """What the store knows by name: units with their names, units of each kind, months, codes.

    `load` is the load that its answers are of; None while there are results in no load.
    """

    units: dict[str, str]
    kinds: dict[str, list[str]]
    months: list[str]
    indicators: list[str]
    load: int | None = None


class Store(Questions["pd.DataFrame"]):
    """Read-only questions to the store; every answer is a DataFrame, columns as in the macros.

    Figures that were rounded for display arrive as `shown`, exact enough to print; `month` is a
    date. An unknown unit, or a month without results, raises an error that names the nearest.

    `as_at` is the number of a load, or a date as 2016-11-20: the answers are then what they were
    after that load, or at the end of that day; by default they are what they are now.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, as_at: str | int = "") -> None:
        super().__init__(connection, None)
        self.as_at = self.load_as_at(as_at) if as_at else None

    @classmethod
    def open(cls, workbook: Workbook, checked: str | None = None, as_at: str | int = "") -> Store:
        """The workbook's store, built first when it is missing or its inputs have changed.

        Who has refreshed it already gives its fingerprint as `checked`, as a batch does to its
        notebooks in the environment: its inputs are then not read again, and it is a `StoreError`
        when another store has taken its place since.
        """
        checked = checked or os.environ.get(STORE_VARIABLE)
        if not checked:
            refresh(workbook)
        connection = _connect(workbook.store)
        if checked and _remembered(connection) != checked:
            connection.close()
            raise StoreError(
                f"{workbook.show(workbook.store)} was built again while this run was reading it: "
                "its inputs have changed. Run the month again."
            )
        return cls(connection, as_at)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def sql(self, query: str, **parameters: Any) -> pd.DataFrame:
        """An analyst's own SQL, with `$name` parameters, on tables and macros alike."""
        return self._connection.execute(query, parameters or None).df()

    def catalogue(self) -> Catalogue:
        """The names a plan may use."""
        # Without a data frame: a run with nothing to do is over before pandas is imported.
        units = self._connection.execute(query("units")).fetchall()
        kinds: dict[str, list[str]] = {}
        for _, unit, _, kind, _ in units:
            kinds.setdefault(kind, []).append(unit)
        months = self._connection.execute(query("months"), {"as_at": self.as_at}).fetchall()
        names = {row[1]: row[2] for row in units}
        codes = self._connection.execute(query("codes")).fetchall()
        return Catalogue(
            names, kinds, [row[0] for row in months], [row[0] for row in codes], self.last_load
        )

    def loads(self) -> list[dict[str, Any]]:
        """Every load, oldest first, as in `schema.sql`."""
        return self.rows(query("loads"))

    @property
    def last_load(self) -> int | None:
        """The load that these answers are of; None while results are in no load."""
        if self.as_at:
            return self.as_at
        loads = self.loads()
        return loads[-1]["load"] if loads and loads[-1]["recorded"] else None

    @cached_property
    def records(self) -> Records:
        """The same questions, answered with plain records: pandas isn't needed."""
        return Records(self._connection, self.as_at)

    def load_as_at(self, as_at: str | int) -> int:
        """The number of the load that was the last one as at a load or a date."""
        try:
            found = self.rows(query("load_as_at"), as_at=str(as_at))
        except duckdb.InvalidInputException as error:
            raise StoreError(str(error).removeprefix("Invalid Input Error: ")) from error
        return int(found[0]["load"])

    def _ask(self, name: str, **parameters: Any) -> pd.DataFrame:
        return self.sql(query(name), **parameters)


def refresh(workbook: Workbook) -> str:
    """Build the store when its inputs changed, and return their SHA-256 fingerprint.

    The new store is built beside the old one and swapped in when complete: a reader keeps what it
    has open, and a fault, a full disk or a kill leaves the old store as it was.
    """
    ledger.recover(workbook)
    wanted = fingerprint(workbook)
    if _built_from(workbook.store) == wanted:
        return wanted
    try:
        with FileLock(workbook.store.with_suffix(".duckdb.lock"), timeout=PATIENCE):
            if _built_from(workbook.store) != wanted:
                _build(workbook, wanted)
    except Timeout as error:
        raise StoreError(
            f"another process has been building {workbook.show(workbook.store)} for more than "
            f"{PATIENCE:.0f} seconds. Wait until it is done, or end it."
        ) from error
    except OSError as error:
        raise StoreError(
            f"{workbook.show(workbook.store)} can't be written: {error.strerror or error}. "
            "The store there before, if any, is unchanged. Make its folder writable and run it "
            "again: the store has to be built from files that have changed."
        ) from error
    return wanted


def catalogue(workbook: Workbook, checked: str | None = None, as_at: str | int = "") -> Catalogue:
    """The names a plan may use, from the workbook's store (parameters as in `Store.open`)."""
    with Store.open(workbook, checked, as_at) as store:
        return store.catalogue()


def look(workbook: Workbook, as_at: str | int = "") -> Store:
    """The workbook's store for who must not write: its file if it is current, else in memory."""
    if current(workbook):
        return Store(_connect(workbook.store), as_at)
    return in_memory(workbook, as_at)


def current(workbook: Workbook) -> bool:
    """Whether the store's file was built from its inputs as they are now."""
    return _built_from(workbook.store) == fingerprint(workbook)


def in_memory(workbook: Workbook, as_at: str | int = "") -> Store:
    """The workbook's store without a file."""
    connection = duckdb.connect()
    _fill(connection, workbook, fingerprint(workbook))
    return Store(connection, as_at)


def fingerprint(workbook: Workbook) -> str:
    """SHA-256 over all input files by name, the time zone, the SQL, and DuckDB's version."""
    digest = hashlib.sha256(duckdb.__version__.encode())
    _feed(digest, "time zone", params.time_zone(workbook).key.encode())
    reference = [workbook.reference(name) for name in (*REQUIRED, *OPTIONAL)]
    for path in (*reference, *workbook.results(), *sorted(workbook.loads.glob(LEDGER))):
        if path.exists():
            _feed(digest, workbook.show(path), path.read_bytes())
    for folder in ("", "stage", "rules", "macros"):
        for file in sql_files(folder):
            _feed(digest, file.name, file.read_bytes())
    return digest.hexdigest()


def _feed(digest: hashlib._Hash, name: str, content: bytes) -> None:
    digest.update(f"{name}\0{len(content)}\0".encode())
    digest.update(content)


def _built_from(store: Path) -> str | None:
    """What `store` was built from; None when it is missing, damaged or of another version."""
    if not store.exists():
        return None
    try:
        with _attached(store) as connection:
            return _remembered(connection)
    except duckdb.Error:
        return None


def _remembered(connection: duckdb.DuckDBPyConnection) -> str | None:
    """What an open store was built from; None when it can't say."""
    try:
        row = connection.execute(query("built_from")).fetchone()
    except duckdb.Error:
        return None
    return str(row[0]) if row else None


def _build(workbook: Workbook, built_from: str) -> None:
    beside = workbook.store.with_suffix(".duckdb.building")
    leftovers = (beside, beside.with_name(beside.name + ".wal"))
    for path in leftovers:
        path.unlink(missing_ok=True)
    try:
        with duckdb.connect(str(beside)) as connection:
            _fill(connection, workbook, built_from)
        beside.replace(workbook.store)
    except duckdb.Error as error:
        raise StoreError(
            f"{workbook.show(workbook.store)} can't be built: {error}. "
            "The store there before, if any, is unchanged."
        ) from error
    finally:
        for path in leftovers:
            path.unlink(missing_ok=True)


def _fill(connection: duckdb.DuckDBPyConnection, workbook: Workbook, built_from: str) -> None:
    connection.execute((SQL / "schema.sql").read_text(encoding="utf-8"))
    load(connection, workbook)
    for name in SEMANTIC_LAYER:
        connection.execute((SQL / f"{name}.sql").read_text(encoding="utf-8"))
    connection.execute(query("remember"), {"built_from": built_from})


def _connect(store: Path) -> duckdb.DuckDBPyConnection:
    try:
        return _attached(store)
    except duckdb.Error as error:
        raise StoreError(
            f"{store.name} can't be opened: {error}. Close the program that writes to it, "
            "or delete the file: the next run builds it again from data/."
        ) from error


def _attached(store: Path) -> duckdb.DuckDBPyConnection:
    """A connection that reads the file as it is now.

    `duckdb.connect` hands out what a process has open under that name already, which after a swap
    is the old store: in JupyterLab the last report would hide new results from the next one.
    It has one thread, since a question takes milliseconds and a batch uses all cores already.
    """
    connection = duckdb.connect(config={"threads": 1})
    try:
        path = str(store).replace("'", "''")
        connection.execute(f"ATTACH '{path}' AS store (READ_ONLY)")
        connection.execute("USE store")
    except duckdb.Error:
        connection.close()
        raise
    return connection
