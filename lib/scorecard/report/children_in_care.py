"""The corporate parenting panel's questions about a set of indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.outputs import Fragment
from scorecard.report import columns
from scorecard.report.tables import Table, render, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

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
