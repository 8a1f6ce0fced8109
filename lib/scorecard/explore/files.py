"""What the desk saves: a table as CSV, all of a view as a spreadsheet, a chart as SVG or PNG."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from scorecard.explore.small_drawings import SmallDrawing
from scorecard.pages import downloads, spreadsheet, svg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.data_table import DataTable
    from scorecard.outputs import Chart, Note
    from scorecard.pages.page import About

CSV, SVG, PNG = "text/csv", "image/svg+xml", "image/png"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

WIDTH = 90
"""Letters in a line of the title above a chart."""


@dataclass(frozen=True)
class File:
    """A file to save: its name, its MIME type, and its bytes."""

    name: str
    kind: str
    content: bytes


def comma_separated(about: About, table: DataTable) -> File:
    """One table as CSV, with the reporting month in each row."""
    content = downloads.comma_separated(downloads.dated(table, about))
    return File(f"{about.name}-{table.name}.csv", CSV, content)


def spreadsheet_of(about: About, tables: Sequence[DataTable], notes: Sequence[Note]) -> File:
    """Several tables as a spreadsheet, each on a sheet, with the notes on their figures."""
    return File(f"{about.name}.xlsx", XLSX, spreadsheet.workbook(tables, about, notes))


def drawing(about: About, chart: Chart | SmallDrawing) -> File:
    """A chart as SVG, drawn as on a page, with its title and its text alternative inside."""
    if isinstance(chart, SmallDrawing):
        drawn = chart.svg(_subtitle(about))
    else:
        drawn = svg.chart(_titled(chart), chart.name, chart.description)
    return File(f"{about.name}-{chart.name}.svg", SVG, str(drawn).encode())


def picture(about: About, chart: Chart | SmallDrawing) -> File:
    """The same chart as a PNG, for a document or a slide."""
    if isinstance(chart, SmallDrawing):
        drawn = chart.png(_subtitle(about))
    else:
        drawn = svg.png(_titled(chart), chart.name)
    return File(f"{about.name}-{chart.name}.png", PNG, drawn)


def _subtitle(about: About) -> str:
    """The words below the title of a small drawing: view, indicator, unit and month."""
    return f"{about.title}, {about.month.words}"


def _titled(chart: Chart) -> dict[str, Any]:
    """The specification with its title and subtitle, which a page writes around the drawing."""
    title = {"text": wrap(chart.title, WIDTH), "subtitle": wrap(chart.subtitle, WIDTH)}
    return {**chart.spec, "title": {**title, "anchor": "start", "offset": 12}}
