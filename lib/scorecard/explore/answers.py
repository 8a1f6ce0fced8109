"""An answer of the report as the desk shows it: markup with drawings, tables and charts to save."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from scorecard.explore.small_drawings import SmallDrawing, small_drawings
from scorecard.outputs import Chart, Fragment, Stack, block
from scorecard.pages import svg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard.data_table import DataTable
    from scorecard.outputs import Part, Single


@dataclass(frozen=True)
class Answer:
    """The markup of an answer, and its tables and charts to save, by name."""

    html: str
    tables: Mapping[str, DataTable]
    charts: Mapping[str, Chart | SmallDrawing]


def shown(part: Part) -> Answer:
    """The report's answer `part`, drawn as on a page."""
    singles = part.shown if isinstance(part, Stack) else [part]
    charts: dict[str, Chart | SmallDrawing] = {}
    for each in singles:
        if isinstance(each, Chart):
            charts[each.name] = each
        elif isinstance(each, Fragment):
            charts |= {found.name: found for found in small_drawings(each.html)}
    tables = {table.name: table for table in part.tables if table.rows}
    return Answer("".join(block(_html(each)) for each in singles), tables, charts)


def _html(single: Single) -> str:
    if isinstance(single, Chart):
        words = ("name", "title", "subtitle", "description", "table_html")
        return str(svg.figure(single.spec, {key: getattr(single, key) for key in words}))
    if isinstance(single, Fragment):
        return single.html
    return f"<p>{escape(single.why)}</p>"
