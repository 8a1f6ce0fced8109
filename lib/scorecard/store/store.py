"""The store: the workbook's CSV in DuckDB (`building`), read through SQL macros.

Everything a page says is decided in `sql/macros/`, so that a notebook, a test and an analyst at a
bare DuckDB prompt get the same answer: `FROM scorecard('kent', '2016-08')`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import duckdb

from scorecard.errors import StoreError
from scorecard.store import building, trusted
from scorecard.store.answer_types import Forms, Records, shown_in_brief
from scorecard.store.inputs import inputs_of
from scorecard.store.names import INDICATORS, UNITS
from scorecard.store.questions import Questions
from scorecard.store.sql_files import query
from scorecard.workbook import STORE_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import TracebackType

    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from scorecard.months import Month
    from scorecard.workbook import Workbook

NOT_INSTALLED = (
    "{name} is not installed: start with `.uv/bin/uv run --extra polars run_month.py lab`, or "
    "install polars and pyarrow"
)
"""What to do without the extra `polars`."""


@dataclass(frozen=True)
class Catalogue:
    """What the store knows by name: units with their names, units of each kind, months, codes.

    `supplied` has, for each month that was asked for, each unit with a result and the codes of its
    results. `load` is the load that the answers are of; None while there are results in no load.
    """

    units: dict[str, str]
    kinds: dict[str, list[str]]
    months: list[str]
    indicators: list[str]
    supplied: dict[str, dict[str, frozenset[str]]]
    load: int | None = None
    months_ever: Sequence[str] = ()


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
        """The workbook's store, built first if none has its present inputs (`building.refresh`).

        `checked` is the name of a store that was refreshed before, which a batch gives to its
        notebooks in the environment: its inputs are not read again. Raises `StoreError` when it has
        been replaced since.
        """
        name = checked or os.environ.get(STORE_VARIABLE) or building.refresh(workbook)
        return cls(building.connect(workbook, name), as_at)

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
        """Close the file, so that it can be replaced."""
        self._connection.close()

    def sql(self, query: str, **parameters: Any) -> pd.DataFrame:
        """An analyst's own SQL, with `$name` parameters, on tables and macros alike."""
        with shown_in_brief():
            return self._connection.execute(query, parameters or None).df()

    def catalogue(self, of: Iterable[Month] | None = None) -> Catalogue:
        """The names a job may use, and what was supplied in the months `of`, or in all."""
        # Without a data frame, so that a run with nothing to do never imports pandas.
        units = self._connection.execute(UNITS).fetchall()
        kinds: dict[str, list[str]] = {}
        for _, unit, _, kind, _ in units:
            kinds.setdefault(kind, []).append(unit)
        months = self._connection.execute(query("months"), {"as_at": self.as_at}).fetchall()
        names = {row[1]: row[2] for row in units}
        codes = [row["code"] for row in self.rows(INDICATORS)]
        asked = None if of is None else [str(month) for month in of]
        supplied: dict[str, dict[str, frozenset[str]]] = {}
        for row in self.rows(query("supplied_codes"), months=asked, as_at=self.as_at):
            supplied.setdefault(row["month"], {})[row["unit"]] = frozenset(row["codes"])
        return Catalogue(
            names, kinds, [row[0] for row in months], codes, supplied,
            self.last_load, self.months_ever,
        )  # fmt: skip

    def in_month(self, known: Catalogue, month: Month) -> Catalogue:
        """A catalogue with the units that there are in a month, of each kind there ever was.

        What was supplied in the month is only of indicators that are in its catalogue.
        """
        kinds: dict[str, list[str]] = {kind: [] for kind in known.kinds}
        names = {}
        for row in self.records.units_in(month):
            kinds.setdefault(row["kind"], []).append(row["unit"])
            names[row["unit"]] = row["name"]
        codes = {row["code"] for row in self.records.indicators_in(month)}
        held = known.supplied.get(str(month), {})
        left = {unit: found & codes for unit, found in held.items() if found & codes}
        supplied = {**known.supplied, str(month): left}
        return replace(known, units=names, kinds=kinds, supplied=supplied)

    def loads(self) -> list[dict[str, Any]]:
        """Every load, oldest first, as in `schema.sql`."""
        return self.rows("FROM loads ORDER BY load")

    @property
    def last_load(self) -> int | None:
        """The load that these answers are of; None while results are in no load."""
        if self.as_at:
            return self.as_at
        loads = self.loads()
        return loads[-1]["load"] if loads and loads[-1]["recorded"] else None

    def load_of(self, month: Month) -> int | None:
        """The load that pages of `month` are of; None while a figure that they show is in none.

        None too while reference data lacks the unit, indicator or cohort of a result of the last
        load, of any month: no page could be made again from that load and this reference data.
        """
        if self.as_at:
            return self.as_at
        last = self.rows(query("load_of"), month=str(month))[0]
        load: int | None = last["load"]
        if last["displaced"]:
            return None
        if load is None or not last["edited"]:
            return load
        known = str(month) in self.months_ever
        return load if known and not self.differences(month, load) else None

    @cached_property
    def records(self) -> Records:
        """The same questions, answered with plain records: pandas isn't needed."""
        return Records(self._connection, self.as_at)

    def load_as_at(self, as_at: str | int) -> int:
        """The number of the load that was the last one as at a load or a date."""
        try:
            found = self.rows("SELECT load_as_at($as_at) AS load", as_at=str(as_at))
        except duckdb.InvalidInputException as error:
            raise StoreError(str(error).removeprefix("Invalid Input Error: ")) from error
        return int(found[0]["load"])

    @property
    def pl(self) -> Forms[pl.DataFrame]:
        """The same questions, and `sql`, answered as Polars data frames, with exact decimals."""
        return Forms(self._connection, self.as_at, _polars)

    @property
    def arrow(self) -> Forms[pa.Table]:
        """The same questions, and `sql`, answered as Arrow tables, with exact decimals."""
        return Forms(self._connection, self.as_at, _arrow)

    def _ask(self, query: str, **parameters: Any) -> pd.DataFrame:
        return self.sql(query, **parameters)


def _arrow(found: duckdb.DuckDBPyRelation) -> pa.Table:
    """What a query gives as an Arrow table; `StoreError` where pyarrow is not installed."""
    try:
        table: pa.Table = found.to_arrow_table()
        return table
    except ImportError as error:
        raise StoreError(NOT_INSTALLED.format(name="pyarrow")) from error


def _polars(found: duckdb.DuckDBPyRelation) -> pl.DataFrame:
    """What a query gives as a Polars data frame; `StoreError` where Polars is not installed."""
    try:
        import polars
    except ImportError as error:
        raise StoreError(NOT_INSTALLED.format(name="polars")) from error
    return polars.DataFrame(_arrow(found))


def catalogue(
    workbook: Workbook,
    checked: str | None = None,
    as_at: str | int = "",
    of: Iterable[Month] | None = None,
) -> Catalogue:
    """The names a job may use (parameters as in `Store.open` and `Store.catalogue`)."""
    with Store.open(workbook, checked, as_at) as store:
        return store.catalogue(of)


def look(workbook: Workbook, as_at: str | int = "") -> Store:
    """The workbook's store for callers that must not write: its file if current, else in memory."""
    name = trusted.current(workbook)
    return Store(building.connect(workbook, name), as_at) if name else in_memory(workbook, as_at)


def in_memory(workbook: Workbook, as_at: str | int = "") -> Store:
    """The workbook's store without a file, which one thread builds faster than several."""
    connection = duckdb.connect(config={"threads": 1})
    building.fill(connection, workbook, inputs_of(workbook))
    return Store(connection, as_at)
