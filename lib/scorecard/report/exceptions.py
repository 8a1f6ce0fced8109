"""Exception reports: for each Red indicator its trend, chart, commentary and data notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.outputs import Fragment, Stack
from scorecard.report import (
    columns,
    columns_over_time,
    in_files,
    outlook_views,
    prose,
    result_prose,
    trend_outputs,
)
from scorecard.report.commentary import on_indicator
from scorecard.report.notes import data_notes
from scorecard.report.outlook import Outlook
from scorecard.report.tables import Table, render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.outputs import Part
    from scorecard.report.cell import Record
    from scorecard.report.source import Source
    from scorecard.report.variation import Process

MONTH_ENDS = 4
"""Months in the trend table of an exception report, if there are as many."""


def reports(source: Source, chosen: Sequence[str]) -> Stack:
    """One report for each Red indicator of the unit, of those `chosen`."""
    rated = source.catalogue.rated_of(chosen)
    reds = source.rated("red", rated)
    if not reds:
        none = prose.none_rated(source.rows(rated), "red", source.of_selection(chosen))
        return Stack([Fragment(render("paragraph.html.jinja", text=none))])
    codes = [row["code"] for row in reds]
    trends, processes = source.trends(codes), source.signals.processes(codes)
    outlook = Outlook(source, reds)
    found = [
        _report(source, row, trends[row["unit"], row["code"]], outlook, processes.get(row["code"]))
        for row in reds
    ]
    return Stack(found, codes, outlook_views.files(source, reds, outlook, areas=False))


def _report(
    source: Source, row: Record, trend: list[Record], outlook: Outlook, process: Process | None
) -> Stack:
    code, last = row["code"], trend[-MONTH_ENDS:]
    months = f"the last {len(last)} months" if len(last) > 1 else source.month.words
    table = Table(
        f"exception-{code}-trend",
        f"{row['name']}: {months}",
        [
            columns_over_time.month(),
            columns_over_time.trend_result(),
            columns.target(),
            columns.floor(),
            columns.numerator(),
            columns.denominator(),
        ],
        [("", last)],
        keys=in_files.OF_ONE,
        sheet="Last months of Reds",
    )
    opening = render(
        "exception.html.jinja",
        row=row,
        sentence=result_prose.against_target(row),
        roles=source.responsible(row).lines,
    )
    opening += outlook_views.words(row, outlook)
    words = on_indicator(source, row)
    attention = [] if words else [f"{row['name']} ({code}) is Red and has no commentary."]
    closing = render("commentary.html.jinja", words=words, row=row, by="") + data_notes(
        row, source.wording.year_begins, unfolded=True
    )
    parts: list[Part] = [
        Fragment(opening + table.html, tables=[table.data]),
        *trend_outputs.trend(
            f"exception-{code}-chart", trend, row, outlook.comparators(code), process
        ),
        *outlook_views.months(row, outlook, drawn=False),
        Fragment(closing, attention=attention),
    ]
    return Stack(parts)
