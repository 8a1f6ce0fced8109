"""The tables that the SQL of an extract reads: a file's cells, copied into the closed DuckDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
from duckdb import ColumnExpression, ConstantExpression, FunctionExpression

from scorecard.importing.grid import (
    CALCULATE,
    NEVER_CALCULATED,
    UNCALCULATED,
    column_names,
    letters,
)
from scorecard.input_faults import Fault
from scorecard.store.sql_files import sql
from scorecard.unseen import UNSEEN, described

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorecard.importing.grid import Grid

WIDTH = 1000
"""Columns of a file: each may be named by its letter and by its header."""

SHEET, TOP = "sheet", "top"
"""The tables of the SQL: what is below the header of a file, and the rest of it."""

AT_ONCE = 1 << 22
"""Characters and cells of a file that are given to DuckDB in one query."""


class SqlTable:
    """A file that is copied into the table `name` of the SQL; what is above its header, into `top`.

    `file` is its name in faults.
    """

    def __init__(self, name: str, grid: Grid, file: str, header_row: int, header_rows: int) -> None:
        first = max(header_row, grid.first)
        self._name, self._grid, self._file = name, grid, file
        self._top = first + header_rows - 1
        self._header = grid.header(first, header_rows)
        self.rows = self._width = 0

    def faults(self, connection: duckdb.DuckDBPyConnection) -> Iterator[Fault]:
        """Copy the cells; yield what keeps a row from being read, without what its cells say."""
        held: list[tuple[int, list[str]]] = []
        size = 0
        for number, cells in self._grid.below(0):
            width = max(n for n, cell in enumerate(cells, start=1) if cell)
            if width > WIDTH:
                problem = f"there are {width:,} columns, and SQL reads {WIDTH:,}."
                yield Fault(self._file, number, "", problem, "Delete those that are not needed.")
                return
            yield from self._row_faults(number, cells)
            self.rows += number > self._top
            self._width = max(self._width, width)
            held.append((number, cells))
            size += sum(map(len, cells)) + width
            if size > AT_ONCE:
                self._hold(connection, held)
                held, size = [], 0
        self._hold(connection, held)

    def _hold(
        self, connection: duckdb.DuckDBPyConnection, held: Sequence[tuple[int, list[str]]]
    ) -> None:
        """Copy rows, if there are any."""
        if held:
            asked = {
                "name": self._name,
                "row": [number for number, _ in held],
                "cells": [[cell or None for cell in cells] for _, cells in held],
            }
            connection.execute(sql("extracts/hold"), asked)

    def create_views(self, connection: duckdb.DuckDBPyConnection) -> list[str]:
        """Make the tables that the SQL knows, and give the names of their columns."""
        names = column_names(self._header[: self._width], self._width)
        row, cells = ColumnExpression("row"), ColumnExpression("cells")
        named = [(letters(n), FunctionExpression("list_extract", cells, ConstantExpression(n)))
                 for n in range(1, self._width + 1)]  # fmt: skip
        by_letter = [row, *(cell.alias(name) for name, cell in named)]
        by_header = [named[n - 1][1].alias(name) for n, name in names.items()]
        of_file = connection.table("_cells").filter(
            ColumnExpression("name") == ConstantExpression(self._name)
        )
        if self._name == SHEET:
            of_file.filter(row <= ConstantExpression(self._top)).select(*by_letter).create_view(TOP)
        below = of_file.filter(row > ConstantExpression(self._top))
        below.select(*by_letter, *by_header).create_view(self._name)
        return list(names.values())

    def _row_faults(self, number: int, cells: Sequence[str]) -> Iterator[Fault]:
        hides = UNSEEN.search("".join(cells)) is not None
        if not hides and UNCALCULATED not in cells:
            return
        for place, cell in enumerate(cells, start=1):
            header = self._header[place - 1] if place <= len(self._header) else ""
            column = header if header and number > self._top else letters(place)
            if found := UNSEEN.search(cell):
                problem = f"a cell holds an invisible character ({described(found[0])})."
                yield Fault(self._file, number, column, problem, "Type the cell again.")
            elif cell == UNCALCULATED:
                yield Fault(self._file, number, column, NEVER_CALCULATED, CALCULATE)
