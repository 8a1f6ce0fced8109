"""The charts as Altair draws them, without their figures: the source of `templates/charts/`.

A month takes 11 % longer when the process that notebooks are forked from imports Altair and makes
these charts once (whole command, seven appendices, median of 7 pairs: 0.45 s for the import, 0.1 s
for the charts). What Altair makes here never changes. So its specifications are kept as files,
which modules of charts fill in (`charts.py`). To change a chart, change it here, then

    uv run python -m scorecard.report.drawings

writes the files again; a test fails until that is done. A drawing refers to its figures by the
names of datasets; what depends on them (months, scales, signs) is set there.

Every axis of names has `sort=None`, the order of the figures: without it, the Vega-Lite 5.6 of
JupyterLab joins and places them in alphabetical order, while the 5.20 of the pages does not.
"""

from __future__ import annotations

import json
from typing import Any

import altair as alt

from scorecard.report.charts import FOLDER, GREY, NAVY, Specification
from scorecard.report.trend_chart import HEIGHT, OTHERS

INK, ORANGE = "#0B0C0C", "#F46A25"
FONT = "Arial, Helvetica, sans-serif"
PHONE = 358
"""Pixels across a phone's page: no drawing is wider, so that its text keeps its size there."""
AXIS_ROOM = 48
"""Pixels left of a scale for its figures."""
LABEL_ROOM = 100
"""Pixels right of a trend for the words at the ends of its lines."""
WIDTH = PHONE - AXIS_ROOM - LABEL_ROOM
DIFFERENCE_ROOM = 58
"""Pixels right of a dumbbell for the difference."""
PADDING = {"left": 4, "top": 8, "right": 4, "bottom": 5}
"""Pixels around a drawing with all its words."""
DASHES = {
    "Target": [7, 4], "Floor": [2, 3], "Red above": [2, 3], "Red below": [2, 3], OTHERS: [12, 3],
}  # fmt: skip
"""The lines beside a result, with the dashes by which they differ in greyscale."""

HOLLOW_OR_FULL = alt.condition("datum.hollow", alt.value("white"), alt.value(NAVY))
"""The fill of a point: hollow where the figure carries a marker, such as an estimate's."""
MONTH, FIGURE = alt.X("month:O", sort=None), alt.Y("figure:Q")
"""Where a record of a trend is drawn."""
COLOUR = alt.Color("colour:N", scale=None, legend=None)
"""The colour that a record of a trend gives."""


@alt.theme.register("scorecard", enable=True)
def theme() -> alt.theme.ThemeConfig:
    """The look of every chart."""
    axis: Any = {
        "labelColor": INK,
        "labelFontSize": 12,
        "labelAngle": 0,
        "labelLimit": 0,
        "gridColor": "#DDE1E4",
        "domainColor": GREY,
        "tickColor": GREY,
        "labelPadding": 6,
    }
    title: Any = {"color": INK, "fontWeight": "bold", "anchor": "start", "limit": 0}
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
            "title": title,
            "legend": {"orient": "top", "title": None, "labelFontSize": 12, "symbolSize": 90},
        }
    }


def trend() -> Specification:
    """A line with its points, the lines it is compared with, and words at the ends of all of them.

    Behind it is the band between the limits of a process, with their mean, and its steps.
    Datasets: `results` (month, figure, hollow, shape, Result, Rating, Target), `lines` (month,
    figure, line, name, colour), `ends` (month, figure, text, colour, weight), `band` (month,
    figure, upper, mean, hollow), `steps` (month, figure), two rows for each, and `names` (as
    `ends`): the names of others, which are too long to be anywhere but on their lines.
    """
    layers = [*_process(), *_lines(), _points(), *_words()]
    chart = alt.layer(*layers).properties(width=WIDTH, height=HEIGHT, padding=PADDING)
    return _specification(chart)


def _process() -> list[alt.Chart]:
    """The band between the limits of a process, full or of dashes, its mean and its steps."""
    band = alt.Chart(alt.NamedData("band"))
    between = band.encode(x=MONTH, y=FIGURE, y2="upper:Q")
    full = between.mark_area(color=GREY, opacity=0.16).transform_filter("!datum.hollow")
    hollow = between.mark_area(
        fillOpacity=0, stroke=GREY, strokeWidth=1, strokeDash=[3, 3]
    ).transform_filter("datum.hollow")
    mean = band.mark_line(color=GREY, strokeWidth=1).encode(x=MONTH, y=alt.Y("mean:Q"))
    steps = (
        alt.Chart(alt.NamedData("steps"))
        .mark_line(color=INK, strokeWidth=1, strokeDash=[1, 3])
        .encode(x=MONTH, y=FIGURE, detail="month:N")
    )
    return [full, hollow, mean, steps]


def _lines() -> list[alt.Chart]:
    """The lines that a result is compared with, and its own."""
    dash = alt.Scale(domain=list(DASHES), range=list(DASHES.values()))
    held_against = (
        alt.Chart(alt.NamedData("lines"))
        .mark_line(interpolate="step", strokeWidth=1.75)
        .encode(
            x=MONTH,
            y=FIGURE,
            color=COLOUR,
            detail="name:N",
            strokeDash=alt.StrokeDash("line:N", scale=dash, legend=None),
        )
    )
    own = alt.Chart(alt.NamedData("results")).mark_line(color=NAVY).encode(x=MONTH, y=FIGURE)
    return [held_against, own]


def _points() -> alt.Chart:
    """The points of a result's line, larger where their shape is a signal's."""
    tooltip = [alt.Tooltip("month:O", title="Month"), "Result:N", "Rating:N", "Target:N"]
    points: alt.Chart = (
        alt.Chart(alt.NamedData("results"))
        .mark_point(size=50, opacity=1, stroke=NAVY, strokeWidth=1.75)
        .encode(
            x=MONTH,
            y=FIGURE,
            tooltip=tooltip,
            fill=HOLLOW_OR_FULL,
            shape=alt.Shape("shape:N", scale=None, legend=None),
            size=alt.condition("datum.shape == 'circle'", alt.value(50), alt.value(150)),
        )
        .transform_filter("isValid(datum.figure)")
    )
    return points


def _words() -> list[alt.Chart]:
    """The names of others, each on its line, and the words right of each line's end."""
    names = (
        alt.Chart(alt.NamedData("names"))
        .mark_text(align="left", baseline="bottom", dx=-6, dy=-2)
        .encode(x=MONTH, y=FIGURE, color=COLOUR, text="text:N")
    )
    ends = [
        alt.Chart(alt.NamedData("ends"))
        .mark_text(align="left", dx=12, fontWeight=weight, fontSize=size)
        .encode(x=MONTH, y=FIGURE, color=COLOUR, text="text:N")
        .transform_filter(alt.datum.weight == weight)
        for weight, size in (("normal", 12), ("bold", 14))
    ]
    return [names, *ends]


def small() -> Specification:
    """One measure over time, its last figure written right of its end.

    Datasets: `figures` (month, figure, shown, hollow, measure) and `last`, its last row.
    """
    axis = alt.Axis(title=None, tickCount=3, format="~f", minExtent=34, maxExtent=34)
    encoding: dict[str, Any] = {
        "x": alt.X("month:O", sort=None, scale=alt.Scale(padding=0.5), axis=alt.Axis(title=None)),
        "y": alt.Y("figure:Q", scale=alt.Scale(zero=False, nice=True), axis=axis),
    }
    base = alt.Chart(alt.NamedData("figures")).encode(**encoding)
    tooltip = [
        alt.Tooltip("measure:N", title="Measure"),
        alt.Tooltip("month:O", title="Month"),
        alt.Tooltip("shown:N", title="Figure"),
    ]
    last = (
        alt.Chart(alt.NamedData("last"))
        .mark_text(align="left", dx=7, fontWeight="bold", fontSize=13, color=NAVY)
        .encode(**encoding, text="shown:N")
    )
    title = alt.Title("", anchor="start", fontSize=12, frame="group", offset=8)
    line = base.mark_line(color=NAVY)
    points = base.mark_point(size=30, opacity=1, stroke=NAVY, strokeWidth=1.5)
    points = points.encode(tooltip=tooltip, fill=HOLLOW_OR_FULL)
    chart = alt.layer(line, points, last).properties(width=74, height=84, title=title)
    return _specification(chart)


def dumbbells() -> Specification:
    """Two points an indicator, joined, below its name, and a difference written right of them.

    Datasets: `pairs` (code, label, including, excluding, variance, end) and `points` (the same,
    and name, cohort, figure, shown).
    """
    pairs, points = alt.NamedData("pairs"), alt.NamedData("points")
    y = alt.Y("code:N", sort=None, axis=None)
    axis = alt.Axis(title=None, format="~f", grid=True, domain=False)
    bars = (
        alt.Chart(pairs)
        .mark_rule(color=GREY, strokeWidth=2)
        .encode(y=y, x=alt.X("including:Q", axis=axis), x2="excluding:Q")
    )
    ends = (
        alt.Chart(points)
        .mark_point(filled=True, size=110, opacity=1)
        .encode(
            y=y,
            x=alt.X("figure:Q", axis=axis),
            color=alt.Color("cohort:N", scale=alt.Scale(range=[NAVY, ORANGE])),
            shape=alt.Shape("cohort:N", scale=alt.Scale(range=["circle", "diamond"])),
            tooltip=[
                alt.Tooltip("name:N", title="Indicator"),
                alt.Tooltip("cohort:N", title="Cohort"),
                alt.Tooltip("shown:N", title="Result"),
                alt.Tooltip("variance:N", title="Variance"),
            ],
        )
    )
    words = (
        alt.Chart(pairs)
        .mark_text(align="left", dx=12, fontWeight="bold")
        .encode(y=y, x=alt.X("end:Q", axis=axis), text="variance:N")
    )
    names = (
        alt.Chart(pairs)
        .mark_text(align="left", baseline="top", dy=-38, lineBreak="\n", lineHeight=14)
        .encode(y=y, x=alt.value(0), text="label:N")
    )
    chart = alt.layer(bars, ends, words, names).properties(
        width=PHONE - DIFFERENCE_ROOM - 10,
        padding=PADDING,
    )
    return _specification(chart)


def texts() -> dict[str, str]:
    """The files that hold the drawings, by name."""
    drawn = {"trend": trend(), "small": small(), "dumbbells": dumbbells()}
    return {
        f"{name}.json": json.dumps(each, indent=1, sort_keys=True) + "\n"
        for name, each in drawn.items()
    }


def _specification(chart: alt.TopLevelMixin) -> Specification:
    specification: Specification = chart.to_dict()
    return specification


if __name__ == "__main__":
    for name, text in texts().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
