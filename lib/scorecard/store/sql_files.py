"""The package's SQL as text."""

from __future__ import annotations

from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    import duckdb

SQL = files("scorecard") / "sql"


def sql(name: str) -> str:
    """The text of a file in `sql/`: `loads/tally`, `schema`."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def query(name: str) -> str:
    """The text of a file in `sql/queries/`, which holds what is more than a call of a macro."""
    return sql(f"queries/{name}")


def sql_files(folder: str) -> list[Traversable]:
    """The SQL files of one folder in `sql/`, in order of name."""
    return sorted(
        (f for f in (SQL / folder).iterdir() if f.name.endswith(".sql")), key=lambda f: f.name
    )


@contextmanager
def at_once(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit many statements as one, since each commit goes to the disk by itself."""
    connection.execute("BEGIN")
    yield
    connection.execute("COMMIT")
