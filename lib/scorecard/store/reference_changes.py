"""What changed in the files of `data/reference`, in plain words: by indicator, unit and column."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, TypeAlias

import duckdb

from scorecard import display
from scorecard.errors import brief
from scorecard.store.loading import OPTIONAL, REQUIRED
from scorecard.store.sql_files import sql
from scorecard.store.staging import stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorecard.workbook import Workbook

Row: TypeAlias = "dict[str, str | None]"
Tables: TypeAlias = "dict[str, list[Row]]"
"""Name of a file, such as `targets` → its rows, as the store would read them."""

KEYS: dict[str, tuple[str, ...]] = {
    "units": ("unit", "first_month"),
    "indicators": ("code",),
    "targets": ("code", "valid_from"),
    "changes": ("code", "month"),
    "steps": ("code", "month"),
    "comparators": ("code", "comparator", "valid_from"),
    "cohorts": ("cohort",),
    "provenance": ("provenance",),
    "period_provenance": ("month", "unit", "code", "cohort", "data_period"),
}
"""The columns that say what a row is about; of other files, all of them."""

FROM = frozenset({"valid_from", "first_month", "month"})
"""Columns of a key that hold the month from which the row counts."""

NOUNS = {
    "targets": "target",
    "changes": "change of the catalogue",
    "steps": "declared change",
    "comparators": "comparator",
    "provenance": "note on provenance",
    "period_provenance": "provenance",
    "cohorts": "cohort",
    "units": "unit",
    "indicators": "indicator",
}
"""What a row is, where one is added or removed."""

COLUMNS = {
    "floor": "floor standard",
    "green_within": "distance within which it is Green",
    "amber_within": "distance within which it is Amber",
}
"""A column in words, where its name with spaces is not enough."""

FIGURES = {
    "targets": ("target", "floor", "green_within", "amber_within"),
    "comparators": ("result",),
}


def read(workbook: Workbook) -> Tables:
    """The rows of every file of `data/reference` that can be read."""
    with duckdb.connect() as connection:
        connection.execute(sql("schema"))
        found = {}
        for name in (*REQUIRED, *OPTIONAL):
            path = workbook.reference(name)
            if path.exists() and not list(stage(connection, name, {path: workbook.show(path)})):
                # What every council has without a file, such as the cohort `all`, has no `file`.
                rows = connection.table(f"staged_{name}").filter("file <> ''")
                rows = rows.project("* EXCLUDE (file, row)")
                found[name] = [dict(zip(rows.columns, r, strict=True)) for r in rows.fetchall()]
        return found


def lines(name: str, before: Tables, now: Tables) -> Iterator[str]:
    """What changed in the file `name`, a line for each cell: `target of a1 …: 80.0% → 85.0%`."""
    was, here = (_keyed(name, tables.get(name, [])) for tables in (before, now))
    indicators = {
        str(row["code"]): row for tables in (before, now) for row in tables.get("indicators", [])
    }
    for key in dict.fromkeys((*was, *here)):
        old, new = was.get(key), here.get(key)
        about = _about(name, new or old or {}, indicators)
        if old is None or new is None:
            what = "added" if old is None else "removed"
            figures = _figures(name, new or old or {}, indicators)
            yield f"{NOUNS.get(name, name.rstrip('s'))}{about}: {what}{figures}"
            continue
        for column in dict.fromkeys((*old, *new)):
            if old.get(column) != new.get(column):
                shown = [_shown(name, column, row, indicators) for row in (old, new)]
                yield f"{_column(column)}{about}: {shown[0]} → {shown[1]}"


def _keyed(name: str, rows: list[Row]) -> dict[tuple[str | None, ...], Row]:
    return {tuple(row[key] for key in KEYS.get(name, tuple(row))): row for row in rows}


def _about(name: str, row: Row, indicators: Mapping[str, Row]) -> str:
    """` of a1 (Reviews held on time) from 2024-04`: what a row is about."""
    parts = []
    for key in KEYS.get(name, tuple(row)):
        value = row[key]
        if value is None:
            continue
        if key in FROM:
            parts.append(f"from {value}" if key != "month" or name == "steps" else f"in {value}")
        elif key == "code" and value in indicators:
            parts.append(f"of {value} ({indicators[value]['name']})")
        else:
            parts.append(f"of {value}")
    return "".join(f" {part}" for part in parts)


def _column(column: str) -> str:
    return COLUMNS.get(column, column.replace("_", " "))


def _figures(name: str, row: Row, indicators: Mapping[str, Row]) -> str:
    """The figures of a row that was added or removed: `, target 85.0%, floor standard 75.0%`."""
    named = [column for column in FIGURES.get(name, ()) if row.get(column) is not None]
    return "".join(
        f", {_column(column)} {_shown(name, column, row, indicators)}" for column in named
    )


def _shown(name: str, column: str, row: Row, indicators: Mapping[str, Row]) -> str:
    """A cell in words: a target of a percentage as a percentage."""
    value = row.get(column)
    if value is None:
        return "none"
    if column in FIGURES.get(name, ()):
        kind = indicators.get(str(row.get("code")), {}).get("format")
        try:
            figure = Decimal(value)
        except InvalidOperation:
            return brief(value)
        places = max(len(value.partition(".")[2]), display.usual_places(kind or "count"))
        return display.result(figure, kind or "count", places)
    return brief(value)
