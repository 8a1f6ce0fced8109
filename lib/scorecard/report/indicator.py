"""One indicator at a time: how it stands over time and in every area, and why it moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.outputs import Fragment, Stack
from scorecard.report import columns, figures, prose
from scorecard.report.notes import data_notes
from scorecard.report.tables import Table, records, render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.outputs import Output
    from scorecard.report.source import Source


def panels(source: Source, codes: Sequence[str]) -> Stack:
    """A panel for each indicator: its trend, all areas side by side, and its data notes."""
    units = [source.unit["unit"], *source.areas]
    everywhere = source.scorecards(units)
    trends = source.trends(codes, units)
    parts: list[Output] = []
    for row in source.rows(codes):
        code = row["code"]
        side, notes = columns.with_notes([other for other in everywhere if other["code"] == code])
        table = Table(
            f"areas-{code}",
            f"{row['name']}: every area, {source.month.words}",
            columns.areas(trends),
            [("", side)],
            notes=notes,
            by_unit=True,
            keys=[columns.key("code", "Code of the indicator")],
        )
        parts += [
            Fragment(render("panel.html.jinja", row=row, said=prose.against_target(row))),
            *figures.trend(f"trend-{code}", trends[row["unit"], code]),
            Fragment(table.html + data_notes(row), tables=[table.data]),
        ]
    return Stack(parts)


def movements(source: Source) -> Stack:
    """Why each indicator moved whose rating is another one than last month."""
    return Stack([movement(source, row["code"]) for row in prose.changed(source.rows())])


def movement(source: Source, code: str) -> Fragment:
    """Why the result moved since last month: which units below, and which months came and went."""
    (row,) = source.rows([code])
    parts = records(source.store.movement(source.unit["unit"], code, source.month))
    months = records(source.store.turnover(source.unit["unit"], code, source.month))
    name = f"{row['name']}, {source.name}"
    tables = []
    if parts:
        cols = columns.movement(row["format"])
        parts = [{**row, **part} for part in parts]
        caption = f"{name}: change from {(source.month - 1).words} to {source.month.words}"
        tables.append(Table(f"movement-{code}", caption, cols, [("", parts)]))
    if months:
        caption = f"{name}: months that came into the data period and dropped out of it"
        turnover = [{**row, **month} for month in months]
        tables.append(Table(f"turnover-{code}", caption, columns.turnover(), [("", turnover)]))
    said = prose.moved(row) if parts else "There is no change to explain: a month has no result."
    html = render("paragraph.html.jinja", text=said) + "".join(table.html for table in tables)
    return Fragment(html, tables=[table.data for table in tables])
