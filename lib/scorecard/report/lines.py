"""The drawing of several indicators as lines on one scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorecard.report.charts import NAVY, PLUM, Specification, drawing, with_sign
from scorecard.report.scales import scale_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.report.cell import Record

SERIES = [NAVY, "#28A197", PLUM, "#F46A25", "#0B0C0C"]
"""The colours of several series, of which people see the difference."""
DASHES = [[1, 0], [8, 3], [2, 3], [8, 3, 2, 3], [5, 2]]
"""Their dashes, by which they differ in greyscale."""
WIDTH, HEIGHT = 560, 260


def lines(rows: Sequence[Record], form: str) -> Specification:
    """A line of its own colour and dashes for each indicator, hollow where a figure has a marker.

    `rows` are records of the trend macro with `month_short` and `line`, the words of the legend.
    """
    shown = [figure for row in rows if (figure := _figure(row)) is not None]
    low, high = scale_of(shown, form)
    months = list(dict.fromkeys(row["month_short"] for row in rows))
    colour, dashes, fill = _by_line(list(dict.fromkeys(row["line"] for row in rows)))
    return {
        **{key: drawing("trend")[key] for key in ("$schema", "config")},
        "width": WIDTH,
        "height": HEIGHT,
        "datasets": {"results": [_value(row) for row in rows]},
        "data": {"name": "results"},
        "encoding": {
            "x": {
                "field": "month",
                "type": "ordinal",
                "sort": None,
                "scale": {"domain": months, "padding": 0.3},
                "axis": {"title": None, "values": months[::-3][::-1]},
            },
            "y": {
                "field": "figure",
                "type": "quantitative",
                "scale": {"domain": [low, high], "nice": False, "zero": False},
                "axis": {
                    "title": None,
                    "tickCount": 5,
                    "format": "~f",
                    "labelExpr": with_sign(form),
                },
            },
            "color": colour,
            "tooltip": [{"field": key} for key in ("line", "month", "Result")],
        },
        "layer": [
            {
                "mark": {"type": "line", "strokeWidth": 2},
                "encoding": {"strokeDash": dashes},
            },
            {
                "mark": {"type": "point", "size": 36, "opacity": 1},
                "encoding": {"fill": fill},
            },
        ],
    }


def _value(row: Record) -> dict[str, Any]:
    """What is drawn of a record."""
    return {
        "month": row["month_short"],
        "line": row["line"],
        "figure": _figure(row),
        "hollow": bool(row["latest"].marker),
        "Result": row["latest"].in_full,
    }


def _figure(row: Record) -> float | None:
    result = row["latest"].result
    return None if result is None else float(result)


def _by_line(names: list[str]) -> tuple[Specification, Specification, Specification]:
    """The colours and dashes of the lines, each with one legend, and how a point is filled."""
    legend = {
        "title": None, "orient": "top", "columns": 1, "labelLimit": 0, "symbolType": "stroke",
        "symbolSize": 500, "symbolStrokeWidth": 2.5,
    }  # fmt: skip
    line = {"field": "line", "type": "nominal", "sort": None}
    colour = {**line, "scale": {"domain": names, "range": SERIES}}
    dashes = {**line, "scale": {"domain": names, "range": DASHES}, "legend": legend}
    hollow = {"test": "datum.hollow", "value": "white"}
    return {**colour, "legend": legend}, dashes, {"condition": hollow, **colour, "legend": None}
