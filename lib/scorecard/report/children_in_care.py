"""The corporate parenting panel's questions about a set of indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.outputs import Fragment, Stack
from scorecard.report import columns, figures, prose
from scorecard.report.notes import data_notes
from scorecard.report.tables import Table, render, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.outputs import Output
    from scorecard.report.source import Source

AMBERS = {"better": "Improved", "same": "The same", "worse": "Declined", None: "Not comparable"}
"""Direction of travel → the heading an Amber indicator stands under."""


def ambers(source: Source, codes: Sequence[str]) -> Fragment:
    """The Amber indicators by direction of travel, with the figures of both months."""
    rows = [row for row in source.rows(codes) if row["rating"] == "amber"]
    if not rows:
        text = "No indicator is rated Amber this month."
        return Fragment(render("paragraph.html.jinja", text=text))
    groups = [
        (heading, [row for row in rows if row["month_ago_direction"] == direction])
        for direction, heading in AMBERS.items()
    ]
    before, this = (source.month - 1).words, source.month.words
    table = Table(
        "ambers",
        f"Indicators rated Amber, {before} and {this}",
        columns.ambers(before, this),
        [group for group in groups if group[1]],
    )
    return shown(table)


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
