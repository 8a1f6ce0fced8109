"""Tables that ask the same of one indicator after the other, as one table for a worksheet.

A page with a panel for each indicator has a table of areas and one of months for each of them. In a
spreadsheet those of the same columns are one table, which names the indicator in each row.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain, count, takewhile
from typing import TYPE_CHECKING

from scorecard.data_table import Column, DataTable

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

CODE, NAME = "code", "name"
INDICATOR = Column(NAME, "Name of the indicator")


def together(tables: Sequence[DataTable]) -> list[DataTable]:
    """`tables` with those of the same question and columns as one, where the first of them is."""
    groups: dict[tuple[str, ...], list[DataTable]] = {}
    for table in tables:
        code = _only_code(table)
        name = re.sub(rf"-{re.escape(code)}(?=-|$)", "", table.name, count=1) if code else ""
        key = (name or table.name, "one" if code else "", *(each.name for each in table.columns))
        groups.setdefault(key, []).append(table)
    used = {group[0].name for group in groups.values() if len(group) == 1}
    made = []
    for (name, *_), group in groups.items():
        made.append(group[0] if len(group) == 1 else _one(_unused(name, used), group))
        used.add(made[-1].name)
    return made


def _unused(name: str, used: Collection[str]) -> str:
    """`name`, with a number where it is one of those that are used."""
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(each for each in names if each not in used)


def _only_code(table: DataTable) -> str:
    """The code that all rows of a table have; empty where they have several, or none."""
    places = [n for n, each in enumerate(table.columns) if each.name == CODE]
    found = {str(row[places[0]]) for row in table.rows} if places else set()
    return found.pop() if len(found) == 1 else ""


def _one(name: str, group: Sequence[DataTable]) -> DataTable:
    """Several tables of the same columns as one, with the name of the indicator in each row."""
    first = group[0]
    title = _shared_end([each.title for each in group])
    named = NAME not in {each.name for each in first.columns} and bool(title)
    rows = [
        [*([table.title.removesuffix(title).rstrip(" :,")] if named else []), *row]
        for table in group
        for row in table.rows
    ]
    return replace(
        first,
        name=name,
        title=f"{title[:1].upper()}{title[1:]}" if title else first.title,
        columns=[*([INDICATOR] if named else []), *first.columns],
        rows=rows,
        signs={sign: meaning for each in group for sign, meaning in each.signs.items()},
    )


def _shared_end(titles: Sequence[str]) -> str:
    """What all titles end with, from a colon or a comma on: `every area, August 2016`."""
    pieces = zip(*(reversed(re.split(r"(?<=[:,]) ", each)) for each in titles), strict=False)
    shared = [found[0] for found in takewhile(lambda found: len({*found}) == 1, pieces)]
    return " ".join(reversed(shared))
