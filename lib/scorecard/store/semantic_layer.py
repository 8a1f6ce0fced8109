"""The semantic layer: the macros that decide every figure, and the comment of each.

A store keeps them, so that a notebook, a test and a bare SQL prompt get the same answers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scorecard.store.sql_files import sql

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

BEFORE_LOADING = ("macros/months", "macros/data_periods", "macros/formats")
"""What loading and its rules need already: months, and the codes of the catalogue."""
SEMANTIC_LAYER = (
    "macros/as_at", "macros/rounding", "macros/chance", "macros/cases", "macros/polarity",
    "macros/comparable", "macros/reference", "macros/periods",
    "figures",
    "macros/scorecard", "macros/trend", "macros/activity", "macros/uasc_impact",
    "macros/movement", "macros/signals", "macros/revisions",
    "macros/what_next", "macros/outturn", "macros/funnel", "macros/rate_and_mix", "macros/streaks",
    "macros/explain", "macros/comparators", "macros/breakdown",
)  # fmt: skip
"""What decides every figure, each file after those it builds on."""

MACRO = re.compile(r"((?:^--.*\n)*)^CREATE MACRO (\w+)\(([^)]*)\) AS( TABLE)?", re.MULTILINE)


class Macro(NamedTuple):
    """A macro of the store: its name and parameters, its comment, and whether it gives a table."""

    name: str
    parameters: str
    words: str
    table: bool


def define(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Run a file of the semantic layer, and store the comment above each of its macros."""
    text = sql(name)
    connection.execute(text)
    for macro in macros(text):
        kind, words = "TABLE" if macro.table else "", macro.words.replace("'", "''")
        connection.execute(f"COMMENT ON MACRO {kind} {macro.name} IS '{words}'")


def macros(text: str) -> Iterator[Macro]:
    """The macros of an SQL file, each with the comment above it."""
    for head, name, parameters, table in MACRO.findall(text):
        words = "\n".join(line.removeprefix("--")[1:] for line in head.splitlines())
        yield Macro(name, " ".join(parameters.split()), words, bool(table))
