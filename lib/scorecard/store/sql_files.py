"""The package's SQL as text, each file read once in a process."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

SQL = files("scorecard") / "sql"


@cache
def sql(name: str) -> str:
    """The text of a file in `sql/`: `loads/tally`, `schema`."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def query(name: str) -> str:
    """The text of a file in `sql/queries/`, a query that does more than call a macro."""
    return sql(f"queries/{name}")


@cache
def sql_names(folder: str) -> tuple[str, ...]:
    """The names of the SQL files of a folder in `sql/` (`.` is the folder itself), in order."""
    names = (file.name for file in (SQL / folder).iterdir())
    return tuple(sorted(name[: -len(".sql")] for name in names if name.endswith(".sql")))


@contextmanager
def at_once(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit many statements as one, since each commit goes to the disk by itself."""
    connection.execute("BEGIN")
    yield
    connection.execute("COMMIT")
