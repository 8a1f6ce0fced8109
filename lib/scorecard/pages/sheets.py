"""Tables that answer the same question on several indicators, as one table for a worksheet.

A page with a panel for each indicator has a table of areas and one of months for each of them. In a
spreadsheet all tables of areas are one table, which names the indicator in each row, and all tables
of months are another.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain, count, takewhile
from typing import TYPE_CHECKING

from scorecard.data_table import MIXED, Column, DataTable

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from scorecard.data_table import Value

CODE, NAME = "code", "name"
INDICATOR = Column(NAME, "Name of the indicator", "Indicator")


def together(tables: Sequence[DataTable]) -> list[DataTable]:
    """`tables` with those of the same question as one, at the place of the first of them.

    Tables have the same question if they name the same sheet, or if their names differ only in the
    indicator. They become one if either has all columns of the other; missing cells are empty.
    """
    groups: list[tuple[str, list[DataTable]]] = []
    for table in tables:
        name, alone = _question(table)
        same = (group for of, group in groups if of == name and not alone and _fit(group[0], table))
        if group := next(same, None):
            group.append(table)
        else:
            groups.append((name, [table]))
    used = {group[0].name for _, group in groups if len(group) == 1}
    made = []
    for name, group in groups:
        made.append(group[0] if len(group) == 1 else _one(_unused(name, used), group))
        used.add(made[-1].name)
    return made


def _question(table: DataTable) -> tuple[str, bool]:
    """The name of a table's question, and whether no other table can have the same question."""
    code = _only_code(table)
    name = re.sub(rf"-{re.escape(code)}(?=-|$)", "", table.name, count=1) if code else table.name
    return table.sheet or name, not (code or table.sheet)


def _fit(one: DataTable, other: DataTable) -> bool:
    """Whether one of two tables has all columns of the other."""
    names = [{column.name for column in table.columns} for table in (one, other)]
    return names[0] <= names[1] or names[1] <= names[0]


def _unused(name: str, used: Collection[str]) -> str:
    """`name`, with a number if it is in `used`."""
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(each for each in names if each not in used)


def _only_code(table: DataTable) -> str:
    """The code that all rows of a table have; empty where they have several, or none."""
    places = [n for n, each in enumerate(table.columns) if each.name == CODE]
    found = {str(row[places[0]]) for row in table.rows} if places else set()
    return found.pop() if len(found) == 1 else ""


def _one(name: str, group: Sequence[DataTable]) -> DataTable:
    """Several tables as one, with the name of the indicator in each row."""
    widest = max(group, key=lambda table: len(table.columns))
    titles = [each.full_title for each in group]
    end = _shared(titles, -1)
    named = NAME not in {each.name for each in widest.columns} and bool(end)
    rows = [
        [*([table.full_title.removesuffix(end).rstrip(" :,")] if named else []), *row]
        for table in group
        for row in _widened(table, widest)
    ]
    title = " ".join(filter(None, ["" if named else _shared(titles, 1), end]))
    return replace(
        group[0],
        name=name,
        title=f"{title[:1].upper()}{title[1:]}" if title else group[0].full_title,
        when="",
        columns=[*([INDICATOR] if named else []), *_headed(group, widest)],
        rows=rows,
        signs={sign: meaning for each in group for sign, meaning in each.signs.items()},
    )


def _widened(table: DataTable, widest: DataTable) -> list[list[Value]]:
    """The rows of `table` with a value for each column of `widest`, None where it has no such."""
    names = [column.name for column in table.columns]
    return [
        [found.get(column.name) for column in widest.columns]
        for found in (dict(zip(names, row, strict=True)) for row in table.rows)
    ]


def _headed(group: Sequence[DataTable], widest: DataTable) -> list[Column]:
    """The columns of `widest`; a heading whose unit differs between tables has `MIXED` instead."""
    titles: dict[str, set[str]] = {}
    for table in group:
        for column in table.columns:
            titles.setdefault(column.name, set()).add(column.heading)
    return [
        column
        if len(titles[column.name]) == 1
        else replace(column, heading=re.sub(r" \([^()]*\)$", f" ({MIXED})", column.heading))
        for column in widest.columns
    ]


def _shared(titles: Sequence[str], way: int) -> str:
    """The whole parts that all titles begin (1) or end (-1) with: `every area, August 2016`."""
    pieces = zip(*(re.split(r"(?<=[:,]) ", each)[::way] for each in titles), strict=False)
    shared = [found[0] for found in takewhile(lambda found: len({*found}) == 1, pieces)]
    return " ".join(shared[::way])
