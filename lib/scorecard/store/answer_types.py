"""The forms of an answer: a data frame of a library, or records in which a figure is one value.

The store itself answers with pandas (`store.py`).
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from duckdb import Error

from scorecard.errors import message_first
from scorecard.figure import Figure
from scorecard.store.questions import Answer, Questions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import duckdb


class Forms(Questions[Answer]):
    """Answers in another form than that of pandas: what `made` returns for a result."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        as_at: int | None,
        made: Callable[[duckdb.DuckDBPyRelation], Answer],
    ) -> None:
        super().__init__(connection, as_at)
        self._made = made

    def sql(self, query: str, **parameters: Any) -> Answer:
        """An analyst's own SQL, with `$name` parameters, on tables and macros alike."""
        with shown_in_brief():
            return self._made(self._connection.sql(query, params=parameters or None))

    def _ask(self, query: str, **parameters: Any) -> Answer:
        return self.sql(query, **parameters)


class Records(Questions["list[Mapping[str, Any]]"]):
    """Answers as records: a figure is one value (`Figure`), and NULL is None."""

    form = "_as_figures"

    def _ask(self, query: str, **parameters: Any) -> list[Mapping[str, Any]]:
        return [
            {
                name: Figure.of(each) if isinstance(each, dict) else each
                for name, each in row.items()
            }
            for row in self.rows(query, **parameters)
        ]


@contextmanager
def shown_in_brief() -> Iterator[None]:
    """Make a notebook show what is wrong in an analyst's query, without our traceback."""
    try:
        yield
    except Error as error:
        shown = partial(message_first, error)
        error._render_traceback_ = shown  # type: ignore[attr-defined]  # as IPython asks
        raise
