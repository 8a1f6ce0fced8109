"""A trend with its words: title, text alternative and data table, from the same rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.outputs import Chart
from scorecard.report import (
    captions,
    columns,
    columns_over_time,
    in_files,
    titles,
    trend_chart,
)
from scorecard.report.process import (  # fmt: skip
    own_months,
    process_description,
    process_subtitle,
    process_title,
    variation_of_month,
)
from scorecard.report.tables import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.report.cell import Record
    from scorecard.report.variation import Process


def trend(
    name: str,
    rows: Sequence[Record],
    beside: Record | None = None,
    others: Sequence[Record] = (),
    process: Process | None = None,
) -> list[Chart]:
    """The trend of one indicator; nothing when no month has a result.

    `beside` is its record of the scorecard, of which the title speaks. `others` are records of
    comparators, each of which has a line of its own. The process behaviour chart of a snapshot is
    in its trend, that of a result over several months is a second chart below. `process` is None
    where it is withheld, or there is none.
    """
    if all(row["latest"].shown is None for row in rows):
        return []
    within = process if process and process.is_of_trend else None
    below = own_months(f"{name}-months", rows, process) if process and not within else []
    limited = bool(within and within.signal["mean"] is not None)
    shown = within.of(rows) if within else []
    # Estimates are many, and their variation is in the drawing, its words and the download.
    at_length = limited and not (within and within.signal["estimated"])
    table, file = (
        _trend_table(name, within.beside(rows) if within else rows, each)
        for each in (at_length, limited)
    )
    return [
        Chart(
            name=name,
            spec=trend_chart.trend(rows, others, within),
            title=titles.trend_title(
                rows[-1]["short_name"], rows, beside, process_title(within) if within else ""
            ),
            subtitle=captions.trend_subtitle(rows)
            + captions.hollow_points(rows)
            + captions.gaps(rows)
            + (process_subtitle(within, shown) if within else ""),
            description=captions.trend_description(rows, others)
            + (process_description(within, shown) if within else ""),
            table_html=table.html,
            tables=[file.data],
        ),
        *below,
    ]


def _trend_table(name: str, rows: Sequence[Record], with_variation: bool) -> Table:
    """The figures in a trend, with what each month is beside the limits if that is asked for."""
    return Table(
        f"{name}-data",
        f"{rows[0]['name']}, {rows[0]['unit_name']}, month by month",
        [
            columns_over_time.month(),
            columns_over_time.trend_result(),
            columns.target(),
            columns.floor(),
            *([variation_of_month()] if with_variation else []),
        ],
        [("", rows)],
        keys=in_files.OF_ONE,
        sheet="Month by month",
    )
