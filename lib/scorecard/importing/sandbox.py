"""The closed DuckDB in which the SQL of an extract runs, and its errors without cells.

It is in memory and reaches no file and no network. A file may be a list of children: no message
shows a cell of it. What DuckDB says of the SQL on empty tables is shown, since it can't quote a
cell; what it says of the run on the file is not.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from difflib import get_close_matches
from threading import Timer
from typing import TYPE_CHECKING

import duckdb
from duckdb import StatementType

from scorecard.errors import ParamsError
from scorecard.store.sql_files import sql

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scorecard.params.extracts import Query

CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "temp_directory": "",
    "memory_limit": "1GB",
    "lock_configuration": True,
}
SECONDS = 60.0
"""How long the SQL may take."""

FAILED: dict[type[duckdb.Error], str] = {
    duckdb.ConversionException: (
        "a value can't be converted, as a text to a number. TRY_CAST gives NULL there"
    ),
    duckdb.OutOfMemoryException: f"it needs more than {CLOSED['memory_limit']} of memory",
    duckdb.OutOfRangeException: "a number is too large for its type",
    duckdb.InterruptException: f"it takes longer than {SECONDS:.0f} seconds",
}
"""What goes wrong with the data → in plain words."""

LINE = re.compile(r"^LINE (\d+):", re.MULTILINE)


@contextmanager
def limited(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Stop what a connection does after so many seconds, by an error of DuckDB."""
    clock = Timer(SECONDS, connection.interrupt)
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


def asks_month(query: Query) -> bool:
    """Whether the SQL takes the month from the command line, as `$month`.

    Raises `ParamsError` when it is no SELECT.
    """
    try:
        found = duckdb.extract_statements(query.sql)
    except duckdb.Error as error:
        raise ParamsError(f"{_place(query, error)}: {_problem(error)}") from None
    if len(found) != 1 or found[0].type != StatementType.SELECT:
        raise ParamsError(f"{query.file}: it has to be one SELECT, and nothing else (no PIVOT)")
    others = [name for name in sorted(found[0].named_parameters) if name != "month"]
    if others:
        raise ParamsError(f"{query.file}: `${others[0]}` is unknown; only `$month` is given")
    return bool(found[0].named_parameters)


def _problem(error: duckdb.Error) -> str:
    """What DuckDB says, without its kind of error and the SQL that it repeats."""
    return str(error).partition("\n")[0].partition(": ")[2]


def _place(query: Query, error: duckdb.Error) -> str:
    """The file of the SQL, and the line that DuckDB names."""
    found = LINE.search(str(error))
    return f"{query.file}, line {int(found[1]) + query.above}" if found else query.file


@contextmanager
def opened(
    catalogue: Mapping[str, Mapping[str, Sequence[str | None]]],
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database that reaches nothing, with the columns of the catalogue's tables."""
    with duckdb.connect(config=CLOSED) as connection:
        for name, columns in catalogue.items():
            connection.execute(sql(f"extracts/{name}"), columns)
        connection.execute(sql("extracts/cells"))
        yield connection


@contextmanager
def unquoted(query: Query, file: str) -> Iterator[None]:
    """Say what failed with the data of a file, and not what DuckDB says, which quotes cells."""
    try:
        yield
    except duckdb.Error as error:
        why = FAILED.get(
            type(error), f"it fails ({type(error).__name__.removesuffix('Exception')})"
        )
        hint = "The cell is not shown, because it may be about a child"
        raise ParamsError(f"{_place(query, error)}, reading {file}: {why}. {hint}") from None


def wrong(query: Query, error: duckdb.Error, headers: Sequence[str]) -> ParamsError:
    """What is wrong with the SQL itself, which was tried on tables with these `headers`."""
    if isinstance(error, duckdb.InterruptException | duckdb.OutOfMemoryException):
        return ParamsError(f"{query.file}: {FAILED[type(error)]}")
    problem = _problem(error).rstrip("!.")
    if isinstance(error, duckdb.PermissionException):
        problem = "it may read no file, only the table `sheet` and those named by --with"
    table = re.match(r"Table with name (\w+) does not exist", problem)
    if table:
        problem += f". Name its file: --with {table[1]}=FILE"
    column = re.match(r'Referenced column "(.*)" not found', problem)
    near = get_close_matches(column[1], headers, n=1) if column else []
    hint = f"; did you mean `{near[0]}`?" if near else ""
    return ParamsError(f"{_place(query, error)}: {problem}{hint}")
