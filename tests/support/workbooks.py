"""Small workbooks, and the SQL macros by themselves, for tests of single rules.

A test writes only what it is about; the rest has plain defaults.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd

from scorecard.store.semantic_layer import BEFORE_LOADING
from scorecard.store.sql_files import sql
from scorecard.workbook import Workbook
from support.stores import asked_only

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scorecard.store.store import Store


UNITS = """\
unit,name,kind,parent
shire,Shire,county,
north,North,area,shire
south,South,area,shire
north-team,North Team,team,north
"""
INDICATORS = """\
code,section,name,polarity,data_period,format,supplied,comparable_from,definition,data_source
h,Section,Higher is better,H,SS,percent,monthly,,,
l,Section,Lower is better,L,SS,percent,monthly,,,
t,Section,Near is best,T,SS,percent,monthly,,,
roll,Section,Rolling,H,R12M,percent,monthly,,,
ytd,Section,Year to date,H,YTD,percent,monthly,,,
done,Section,Finished rolling,H,R12M,percent,window,,,
days,Section,Days,L,SS,days,monthly,,,
count,Section,Count,L,SS,count,monthly,,,
free,Section,Without target,H,SS,percent,monthly,,,
stock,Activity,Stock,,SS,count,monthly,,,
flow,Activity,Flow,,M,count,monthly,,,
"""
TARGETS = """\
code,valid_from,target,floor,green_within,amber_within,note
h,2015-04,90,80,,,
l,2015-04,10,13,,,
t,2015-04,17.5,,2.5,7.5,
roll,2015-04,90,80,,,
ytd,2015-04,90,80,,,
done,2015-04,90,80,,,
days,2015-04,426,500,,,
count,2015-04,0,10,,,
"""
HEADER = "month,unit,code,cohort,num,denom,provenance\n"
PROVENANCES = "provenance,marker,count_marker,footnote\n" + "".join(
    f"{name},,,\n"
    for name in ("published", "provisional", "estimate", "worked out", "one", "two", "[bold]it[/]")
)
"""What explains provenances, for a workbook whose results have several."""


def added_up(*codes: str) -> str:
    """The catalogue `INDICATORS`, in which `codes` are added up."""
    head, *rows = INDICATORS.splitlines()
    lines = [f"{row},{'yes' if row.split(',')[0] in codes else 'no'}" for row in rows]
    return "\n".join([f"{head},added_up", *lines, ""])


def called(**short_names: str) -> str:
    """The catalogue `INDICATORS` with a column of short names."""
    head, *rows = INDICATORS.splitlines()
    lines = [f"{row},{short_names.get(row.split(',')[0], '')}" for row in rows]
    return "\n".join([f"{head},short_name", *lines, ""])


def with_areas(*names: str) -> str:
    """The catalogue `UNITS` with more areas of Shire."""
    return UNITS + "".join(f"{name},{name},area,shire\n" for name in names)


def by_month(reported: dict[str, dict[str, str]]) -> dict[str, str]:
    """The results of `make_workbook`, of unit → month → lines `code,cohort,num,denom`."""
    results: dict[str, str] = {}
    for unit, months in reported.items():
        for month, lines in months.items():
            given = "".join(f"{unit},{line}\n" for line in lines.split())
            results[month] = results.get(month, "") + given
    return results


def make_workbook(
    folder: Path,
    results: dict[str, str],
    *,
    units: str = UNITS,
    indicators: str = INDICATORS,
    targets: str = TARGETS,
    provenance: str = "",
) -> Workbook:
    """A workbook in `folder`; `results` maps a month to lines `unit,code,cohort,num,denom`."""
    for name in ("data/reference", "data/results", "params"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    texts = {"units": units, "indicators": indicators, "targets": targets}
    if provenance:
        texts["provenance"] = provenance
    for name, text in texts.items():
        (folder / f"data/reference/{name}.csv").write_text(text, encoding="utf-8")
    for month, lines in results.items():
        rows = "".join(f"{month},{line},published\n" for line in lines.split())
        path = folder / f"data/results/{month}.csv"
        path.write_text(HEADER + rows, encoding="utf-8")
    return Workbook.at(folder)


def macros() -> duckdb.DuckDBPyConnection:
    """The macros that need no tables, on a connection of their own."""
    connection = duckdb.connect()
    connection.execute("CREATE TABLE about AS SELECT 4 AS year_begins")
    more = [f"macros/{name}" for name in ("rounding", "cases", "polarity", "comparable")]
    for name in (*BEFORE_LOADING, *more):
        connection.execute(sql(name))
    return connection


def each(
    connection: duckdb.DuckDBPyConnection, expression: str, **columns: Sequence[Any]
) -> list[Any]:
    """The value of an SQL expression for each row of `columns`, in one query."""
    unnested = ", ".join(f"unnest(${name}) AS {name}" for name in columns)
    found = connection.execute(f"SELECT {expression} FROM (SELECT {unnested})", columns)  # noqa: S608
    return [value for (value,) in found.fetchall()]


def make_store(folder: Path, results: dict[str, str], **texts: str) -> Store:
    """The store of `make_workbook`, in memory."""
    return asked_only(make_workbook(folder, results, **texts))


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of `frame`, None where nothing stands, lists as lists."""
    columns = {str(name): [_plain(value) for value in frame[name].tolist()] for name in frame}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _plain(value: Any) -> Any:
    if hasattr(value, "tolist"):
        return value.tolist()
    return None if value is None or value is pd.NA or value != value else value


def stored(made: Any) -> Any:
    """A hand-made record with its floats as the exact decimals that the store answers with."""
    if isinstance(made, dict):
        return {name: stored(value) for name, value in made.items()}
    return Decimal(str(made)) if isinstance(made, float) else made


def record(frame: pd.DataFrame, **wanted: str) -> dict[str, Any]:
    """The one row of `frame` whose columns hold the values `wanted`, None where nothing stands."""
    for column, value in wanted.items():
        frame = frame[frame[column] == value]
    (row,) = records(frame)
    return dict(row)
