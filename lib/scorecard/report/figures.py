"""Figures: a chart, its headline, its text alternative and its data table, from the same rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.outputs import Chart
from scorecard.report import captions, charts, columns, columns_of_activity, columns_over_time
from scorecard.report.tables import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.months import Month
    from scorecard.report.source import Source
    from scorecard.report.tables import Record


def trend(name: str, rows: Sequence[Record], others: Sequence[Record] = ()) -> list[Chart]:
    """The trend of one indicator; nothing when no month has a result.

    `others` are records of comparators, each of which has a line of its own.
    """
    if all(row["latest"].shown is None for row in rows):
        return []
    table = Table(
        f"{name}-data",
        f"{rows[0]['name']}, {rows[0]['unit_name']}, month by month",
        [
            columns_over_time.month(),
            columns_over_time.trend_result(),
            columns.target(),
            columns.floor(),
        ],
        [("", rows)],
        keys=[
            columns.key("unit", "Slug of the unit"),
            columns.key("code", "Code of the indicator"),
        ],
    )
    return [
        Chart(
            name=name,
            spec=charts.trend(rows, others),
            title=captions.trend_title(rows),
            subtitle=captions.trend_subtitle(rows)
            + captions.hollow_points(rows)
            + captions.gaps(rows),
            description=captions.trend_description(rows, others),
            table_html=table.html,
            tables=[table.data],
        )
    ]


def small_multiples(source: Source, name: str, when: str, rows: Sequence[Record]) -> Chart:
    """Several activity measures of one unit over the same months, each on its own scale.

    `rows` are trend records of all measures; `when` says whether they are counted at the month's
    end or within it.
    """
    unit, month = source.name, source.month
    measures = {row["code"]: row["name"] for row in rows}
    by_month: dict[str, dict[str, Record]] = {}
    for row in rows:
        by_month.setdefault(row["month"], {})[row["code"]] = row
    table = Table(
        f"{name}-data",
        f"{when}, {unit}",
        [
            columns_over_time.month(),
            *(columns_of_activity.measure(code, title) for code, title in measures.items()),
        ],
        [
            (
                "",
                [
                    {
                        "month": key,
                        "month_words": next(iter(figures.values()))["month_words"],
                        "figures": figures,
                    }
                    for key, figures in by_month.items()
                ],
            )
        ],
    )
    return Chart(
        name=name,
        spec=charts.small_multiples(rows),
        title=captions.multiples_title(rows, month, source.doubtful),
        subtitle=f"{when}, {unit}, {captions.span(rows)}. "
        "Each chart has its own scale" + captions.hollow_points(rows) + captions.gaps(rows) + ".",
        description=captions.multiples_description(rows),
        table_html=table.html,
        tables=[table.data],
    )


def uasc_effect(rows: Sequence[Record], unit: str, month: Month, left_out: str) -> Chart:
    """Both results of each percentage in `rows` (records of the UASC macro), joined.

    `left_out` ends the subtitle where `rows` lacks some.
    """
    labels = {"including": "Including UASC", "excluding": "Excluding UASC"}
    table = Table(
        "uasc-effect-data",
        f"Results including and excluding UASC, {unit}, {month.words}",
        [
            columns.code(),
            columns.name(),
            columns.including(heading=labels["including"]),
            columns.excluding(heading=labels["excluding"]),
            columns.variance(),
        ],
        [("", rows)],
    )
    return Chart(
        name="uasc-effect",
        spec=charts.dumbbells(rows, labels),
        title=captions.uasc_title(rows),
        subtitle=f"Percentages including and excluding UASC, {unit}, {month.words}{left_out}",
        description=captions.uasc_description(rows),
        table_html=table.html,
    )
