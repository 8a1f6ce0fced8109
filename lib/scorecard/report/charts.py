"""Charts as Vega-Lite specifications, with the words and figures that say the same.

One theme for all of them. A specification is interactive in JupyterLab and becomes a still drawing
on a page, so everything a reader must know is drawn or written, never left to a tooltip.
"""

from __future__ import annotations

from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from scorecard import display

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard.report.tables import Record

INK, GREY = "#0B0C0C", "#505A5F"
NAVY, TEAL, PLUM, ORANGE = "#12436D", "#28A197", "#801650", "#F46A25"
RESULT, TARGET, FLOOR, EXCLUDING = NAVY, "#1B7F76", PLUM, ORANGE
FONT = "Arial, Helvetica, sans-serif"
WIDTH, HEIGHT = 560, 230
LABEL_ROOM = 118
"""Pixels right of a trend for the words at the ends of its lines."""
NAME_ROOM = 300
"""Pixels left of a dumbbell for the indicator's name; a longer one is cut short."""
LINE_APART = 15
"""Pixels between two such labels, so that none covers another."""


@alt.theme.register("scorecard", enable=True)
def theme() -> alt.theme.ThemeConfig:
    """The look of every chart."""
    axis: Any = {
        "labelColor": INK,
        "labelFontSize": 12,
        "labelAngle": 0,
        "titleColor": GREY,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "gridColor": "#DDE1E4",
        "domainColor": GREY,
        "tickColor": GREY,
        "labelPadding": 6,
    }
    return {
        "config": {
            "font": FONT,
            "background": "transparent",
            "view": {"stroke": "transparent"},
            "axis": axis,
            "axisX": {"grid": False},
            "axisY": {"domain": False, "ticks": False},
            "text": {"fontSize": 12, "color": INK},
            "line": {"strokeWidth": 2.5},
            "title": {"color": INK, "fontWeight": "bold", "anchor": "start"},
            "legend": {"orient": "top", "title": None, "labelFontSize": 12, "symbolSize": 90},
        }
    }


def trend(rows: Sequence[Record]) -> dict[str, Any]:
    """The results of one indicator over time, with its target and floor named at their ends.

    `rows` are records of the trend macro for one unit, oldest first, with `month_short` added.
    """
    form = rows[0]["format"]
    lines = [*_thresholds(rows), ("Result", RESULT, [0], [row["result"] for row in rows])]
    domain = _domain([v for *_, values in lines for v in values if v is not None], form)
    months = [row["month_short"] for row in rows]
    x = alt.X(
        "month:O",
        sort=months,
        scale=alt.Scale(padding=0.3),
        axis=alt.Axis(title=None, values=months[::-3][::-1]),
    )
    y = alt.Y(
        "figure:Q",
        scale=alt.Scale(domain=domain, nice=False, zero=False),
        axis=alt.Axis(title=None, tickCount=5, format="~f", labelExpr=_with_sign(form)),
    )
    layers = []
    for label, colour, dash, values in lines:
        data = _frame({"month": months, "figure": values})
        line = alt.Chart(data).mark_line(
            color=colour,
            strokeDash=dash,
            strokeWidth=2.5 if label == "Result" else 1.75,
            interpolate="linear" if label == "Result" else "step",
            clip=True,
        )
        layers.append(line.encode(x=x, y=y))
    layers += [_points(rows, x, y), _end_labels(lines, rows, domain)]
    return _specification(
        alt.layer(*layers).properties(
            width=WIDTH,
            height=HEIGHT,
            padding={"left": 5, "top": 8, "right": LABEL_ROOM, "bottom": 5},
        )
    )


def small_multiples(rows: Sequence[Record], columns: int = 3) -> dict[str, Any]:
    """Several measures over the same months, each on its own scale, with its last figure written.

    `rows` hold `name`, `month_short`, `num`, in order of display and month.
    """
    charts = []
    for name in dict.fromkeys(row["name"] for row in rows):
        inside = [row for row in rows if row["name"] == name]
        charts.append(
            _small(name, [row["month_short"] for row in inside], [row["num"] for row in inside])
        )
    return _specification(
        alt.concat(*charts, columns=columns, align="all", spacing={"row": 18, "column": 8})
    )


def _small(name: str, months: Sequence[str], values: Sequence[float | None]) -> alt.LayerChart:
    """One measure over time, its last figure written right of its end."""
    data = _frame({"month": months, "figure": values, "measure": [name] * len(months)})
    ends = list(dict.fromkeys((months[0], months[-1])))
    base = alt.Chart(data).encode(
        x=alt.X(
            "month:O",
            sort=list(months),
            scale=alt.Scale(padding=0.5),
            axis=alt.Axis(title=None, values=ends, labelOverlap=False),
        ),
        y=alt.Y(
            "figure:Q",
            scale=alt.Scale(zero=False, nice=True),
            axis=alt.Axis(title=None, tickCount=3, format="~f", minExtent=34, maxExtent=34),
        ),
    )
    tooltip = [
        alt.Tooltip("measure:N", title="Measure"),
        alt.Tooltip("month:O", title="Month"),
        alt.Tooltip("figure:Q", title="Figure"),
    ]
    return alt.layer(
        base.mark_line(color=RESULT),
        base.mark_circle(color=RESULT, size=36, opacity=1).encode(tooltip=tooltip),
        base.transform_filter(alt.datum.month == months[-1])
        .mark_text(align="left", dx=7, fontWeight="bold", fontSize=13, color=RESULT)
        .encode(text=alt.Text("figure:Q", format="~f")),
    ).properties(
        width=140,
        height=84,
        title=alt.Title(wrap(name, 26), anchor="start", fontSize=13, frame="group", offset=8),
    )


def dumbbells(rows: Sequence[Record], labels: Mapping[str, str]) -> dict[str, Any]:
    """Both results of each indicator on one line, joined, with the variance written beside them.

    `rows` are records of the UASC macro that share one format; `labels` names the two ends under
    `including` and `excluding`.
    """
    form = rows[0]["format"]
    order = [f"{row['code']}  {row['name']}" for row in rows]
    wide = _frame(
        {
            "code": order,
            "name": [row["name"] for row in rows],
            "including": [row["including_shown"] for row in rows],
            "excluding": [row["excluding_shown"] for row in rows],
            "variance": [_variance(row) for row in rows],
            "end": [max(row["including_shown"], row["excluding_shown"]) for row in rows],
        }
    )
    y = alt.Y("code:N", sort=order, axis=alt.Axis(title=None, labelLimit=NAME_ROOM, ticks=False))
    axis = alt.Axis(title=None, format="~f", labelExpr=_with_sign(form), grid=True, domain=False)
    scale = alt.Scale(domain=_domain([*wide["including"], *wide["excluding"]], form), nice=True)
    bars = (
        alt.Chart(wide)
        .mark_rule(color=GREY, strokeWidth=2)
        .encode(y=y, x=alt.X("including:Q", scale=scale, axis=axis), x2="excluding:Q")
    )
    long = wide.melt(["code", "name", "variance"], ["including", "excluding"], "cohort", "figure")
    long["cohort"] = long["cohort"].map(dict(labels))
    cohorts = [labels["including"], labels["excluding"]]
    points = (
        alt.Chart(long)
        .mark_point(filled=True, size=110, opacity=1)
        .encode(
            y=y,
            x=alt.X("figure:Q", scale=scale, axis=axis),
            color=alt.Color(
                "cohort:N", sort=cohorts, scale=alt.Scale(domain=cohorts, range=[RESULT, EXCLUDING])
            ),
            shape=alt.Shape(
                "cohort:N",
                sort=cohorts,
                scale=alt.Scale(domain=cohorts, range=["circle", "diamond"]),
            ),
            tooltip=[
                alt.Tooltip("name:N", title="Indicator"),
                alt.Tooltip("cohort:N", title="Cohort"),
                alt.Tooltip("figure:Q", title="Result", format=".1f"),
                alt.Tooltip("variance:N", title="Variance"),
            ],
        )
    )
    words = (
        alt.Chart(wide)
        .mark_text(align="left", dx=12, fontWeight="bold")
        .encode(y=y, x=alt.X("end:Q", scale=scale, axis=axis), text="variance:N")
    )
    return _specification(
        alt.layer(bars, points, words).properties(
            width=WIDTH + LABEL_ROOM - NAME_ROOM,
            height=28 * len(rows),
            padding={"left": 5, "top": 5, "right": 70, "bottom": 5},
        )
    )


def _thresholds(rows: Sequence[Record]) -> list[tuple[str, str, list[int], list[float | None]]]:
    """The lines a result is held against: target and floor, or the band of a T indicator."""
    lines: list[tuple[str, str, list[int], list[float | None]]] = []

    def add(label: str, colour: str, dash: list[int], values: list[float | None]) -> None:
        if any(value is not None for value in values):
            lines.append((label, colour, dash, values))

    add("Target", TARGET, [7, 4], [row["target"] for row in rows])
    add("Floor", FLOOR, [2, 3], [row["floor_standard"] for row in rows])
    if rows[-1]["amber_within"] is not None:
        for label, side in (("Red above", 1), ("Red below", -1)):
            add(
                label,
                FLOOR,
                [2, 3],
                [
                    None if row["target"] is None else row["target"] + side * row["amber_within"]
                    for row in rows
                ],
            )
    return lines


def _points(rows: Sequence[Record], x: alt.X, y: alt.Y) -> alt.Chart:
    form = rows[0]["format"]
    shown = [row for row in rows if row["shown"] is not None]
    data = _frame(
        {
            "month": [row["month_short"] for row in shown],
            "figure": [row["result"] for row in shown],
            "Result": [display.result(row["shown"], form, row["places"]) for row in shown],
            "Rating": [display.RATINGS[row["rating"]].word for row in shown],
            "Target": [display.threshold(row["target"], form) or "No target" for row in shown],
        }
    )
    tooltip = [alt.Tooltip(field) for field in ("month:O", "Result:N", "Rating:N", "Target:N")]
    points: alt.Chart = alt.Chart(data).mark_circle(color=RESULT, size=55, opacity=1)
    points.encoding = alt.FacetedEncoding(x=x, y=y, tooltip=tooltip)
    return points


def _end_labels(
    lines: Sequence[tuple[str, str, list[int], list[float | None]]],
    rows: Sequence[Record],
    domain: tuple[float, float],
) -> alt.LayerChart:
    """The name and figure of each line, right of its end, moved apart where they would touch."""
    form = rows[0]["format"]
    ends = []
    for label, colour, _, values in lines:
        value = next((v for v in reversed(values) if v is not None), None)
        if value is None:
            continue
        last = next(row for row in reversed(rows) if row["shown"] is not None)
        text = (
            display.result(last["shown"], form, last["places"])
            if label == "Result"
            else f"{label} {display.threshold(value, form)}"
        )
        ends.append((value, text, colour, label == "Result"))
    ends.sort(key=lambda end: end[0])
    heights = spread(
        [HEIGHT * (domain[1] - value) / (domain[1] - domain[0]) for value, *_ in ends][::-1],
        LINE_APART,
        HEIGHT,
    )[::-1]
    marks = [
        alt.Chart(_frame({"text": [text]}))
        .mark_text(
            align="left",
            color=colour,
            fontWeight="bold" if bold else "normal",
            fontSize=14 if bold else 12,
            x=WIDTH + 6,
            y=round(height, 1),
        )
        .encode(text="text:N")
        for (_, text, colour, bold), height in zip(ends, heights, strict=True)
    ]
    return alt.layer(*marks)


def spread(places: Sequence[float], apart: float, room: float) -> list[float]:
    """Move ascending `places` on a line of length `room` so that neighbours are `apart`.

    Those that are far enough stay where they are; the others move as little as it takes, down
    first and up again from the end of the line.
    """
    moved = list(places)
    for i, (above, below) in enumerate(pairwise(places), start=1):
        moved[i] = max(below, moved[i - 1] + apart) if above is not None else below
    limit = room
    for i in reversed(range(len(moved))):
        moved[i] = min(moved[i], limit)
        limit = moved[i] - apart
    return moved


def _domain(values: Sequence[float], form: str) -> tuple[float, float]:
    """A scale that holds all `values` with a margin, never past what a percentage can be."""
    low, high = min(values), max(values)
    margin = (high - low) * 0.12 or abs(high) * 0.1 or 1
    low, high = max(0, low - margin), high + margin
    return low, min(high, 100) if form == "percent" else high


def _variance(row: Record) -> str:
    return display.variance(row["variance"], int(row["variance_sign"]), row["format"])


def _with_sign(form: str) -> str:
    return f"datum.label + '{display.unit_sign(form)}'"


def _frame(columns: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    return pd.DataFrame({name: list(values) for name, values in columns.items()})


def _specification(chart: alt.TopLevelMixin) -> dict[str, Any]:
    specification: dict[str, Any] = chart.to_dict()
    return specification
