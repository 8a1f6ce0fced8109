"""An analyst's own Altair chart as a figure of the page: with its table, its file and its words."""

from __future__ import annotations

import math
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from scorecard.errors import PublishError
from scorecard.months import Month
from scorecard.outputs import Chart
from scorecard.report import charts, columns
from scorecard.report.cell import Cell
from scorecard.report.datum import Datum
from scorecard.report.lines import SERIES
from scorecard.report.tables import Col, Table
from scorecard.wording import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scorecard.data_table import Value
    from scorecard.report.cell import Record
    from scorecard.report.source import Source

LOOK = {"mark": {"color": charts.NAVY}, "range": {"category": SERIES}}
"""What the theme of our own drawings leaves to each of them."""

MISSING = ("None", "nan", "<NA>", "NaT")
"""How libraries write what is missing."""

NO_DATA = {"name": "empty"}
"""What Altair writes of a chart without data."""

LONGEST_NAME = 60
"""Letters of a name that is made from a title."""


def figure(
    source: Source,
    chart: Any,
    data: Any,
    *,
    title: str,
    says: str,
    subtitle: str = "",
    name: str = "",
    headings: Mapping[str, str] | None = None,
) -> Chart:
    """An Altair `chart` with the rows of `data` as its table (see `Report.figure`)."""
    rows = _rows(data)
    if not rows:
        raise PublishError(f"the figure “{title}” has no data: give the rows that the chart draws")
    called = name or slug(title)[:LONGEST_NAME].strip("-") or "figure"
    named = {key: (headings or {}).get(key) or _heading(key) for key in rows[0]}
    header = next((key for key in named if isinstance(rows[0][key], str)), next(iter(named)))
    table = Table(
        f"{called}-data",
        title,
        [_column(key, named[key], rows, header=key == header) for key in named],
        [("", rows)],
    )
    careful = f"The figure “{title}” is of an analyst's own data: look for small numbers in it."
    return Chart(
        name=called,
        spec=_specification(chart, rows),
        title=title,
        subtitle=subtitle or f"{source.name}, {source.month.words}",
        description=says,
        table_html=table.html,
        tables=[table.data],
        attention=[careful] if source.withholding else (),
    )


def _rows(data: Any) -> list[Record]:
    """The rows of a data frame of pandas or Polars, or of a list of mappings, in plain values."""
    if hasattr(data, "to_dicts"):
        records = data.to_dicts()
    elif hasattr(data, "to_dict"):
        records = data.to_dict("records")
    else:
        records = list(data)
    rows = [{str(key): _plain(value) for key, value in row.items()} for row in records]
    whole = {key for key in (rows[0] if rows else ()) if _is_whole(row[key] for row in rows)}
    return [{key: _counted(value) if key in whole else value for key, value in row.items()}
            for row in rows]  # fmt: skip


def _plain(value: Any) -> Value | float:
    """A value as text or number, without the types of a library; None for what is missing."""
    if hasattr(value, "item"):
        value = value.item()
    if not isinstance(value, str) and str(value) in MISSING:
        return None
    if isinstance(value, date):
        return str(Month.of(value)) if value.day == 1 else value.isoformat()[:10]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, int | float | Decimal) else str(value)


def _is_whole(values: Iterable[Value | float]) -> bool:
    """Whether these are counts that pandas holds as floats, as it does where one is missing."""
    known = [value for value in values if value is not None]
    return all(isinstance(value, float) and value == math.floor(value) for value in known)


def _counted(value: Value | float) -> Value:
    return None if value is None else int(value)


def _column(key: str, heading: str, rows: Sequence[Record], *, header: bool) -> Col:
    numeric = not any(isinstance(row[key], str) for row in rows)

    def cell(row: Record) -> Cell:
        return columns.missing("not-available") if row[key] is None else Cell(str(row[key]))

    data = [Datum(re.sub(r"\W+", "_", key), heading, lambda row: row[key])]
    return Col(key, heading, cell, numeric=numeric and not header, header=header, data=data)


def _heading(key: str) -> str:
    """`unit_name` as a heading: `Unit name`."""
    words = key.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _specification(chart: Any, rows: Sequence[Record]) -> charts.Specification:
    """The chart in Vega-Lite with our look, where it has none of its own, and with its data."""
    spec: charts.Specification = chart.to_dict()
    if spec.get("data") == NO_DATA:
        del spec["datasets"]
        spec["data"] = {"values": [dict(row) for row in rows]}
    theme, own = {**charts.drawing("trend")["config"], **LOOK}, spec.get("config", {})
    spec["config"] = theme | {
        key: {**theme.get(key, {}), **value} if isinstance(value, dict) else value
        for key, value in own.items()
    }
    return spec
