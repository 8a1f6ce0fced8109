"""Charts as Vega-Lite specifications: the drawings (`drawings.py`), filled with tables' figures.

A specification is interactive in JupyterLab and becomes a still drawing on a page, so everything a
reader must know is drawn or written, never left to a tooltip.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from scorecard import display
from scorecard.report.scales import scale_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from scorecard.report.cell import Record

Specification = dict[str, Any]

FOLDER = Path(__file__).parents[1] / "templates" / "charts"
NAVY, TEAL, PLUM, GREY = "#12436D", "#1B7F76", "#801650", "#505A5F"
NAME_LINE, NAME_APART = 48, 58
"""Letters in a line of an indicator's name above a dumbbell, and pixels from one to the next."""


def small_multiples(rows: Sequence[Record], columns: int = 2) -> Specification:
    """Several measures over the same months, each on its own scale, with its last figure written.

    `rows` hold `name`, `month_short`, `num`, in order of display and month.
    """
    charts: list[Specification] = []
    datasets: dict[str, Any] = {}
    for number, name in enumerate(dict.fromkeys(row["name"] for row in rows)):
        inside = [row for row in rows if row["name"] == name]
        months = [row["month_short"] for row in inside]
        chart = drawing("small")
        for layer in chart["layer"]:
            layer["data"] = {"name": f"{layer['data']['name']}-{number}"}
            layer["encoding"]["x"]["scale"]["domain"] = months
            ends = list(dict.fromkeys((months[0], months[-1])))
            layer["encoding"]["x"]["axis"] |= {"values": ends, "labelOverlap": False}
        chart["title"]["text"] = wrap(name, 17)
        figures = [
            {
                "month": row["month_short"],
                "figure": place(row["latest"].num),
                "shown": row["latest"].count(),
                "hollow": bool(row["latest"].marker),
                "measure": name,
            }
            for row in inside
        ]
        datasets |= {f"figures-{number}": figures, f"last-{number}": figures[-1:]}
        charts.append(chart)
    shared = {key: charts[0][key] for key in ("$schema", "config")}
    for chart in charts:
        del chart["$schema"], chart["config"]
    layout = {"columns": columns, "align": "all", "spacing": {"row": 18, "column": 8}}
    return {**shared, "concat": charts, **layout, "datasets": datasets}


def dumbbells(rows: Sequence[Record], labels: Mapping[str, str]) -> Specification:
    """Both results of each indicator on one line, joined, with the variance written beside them.

    `rows` are records of the UASC macro that share one format; `labels` names the two ends under
    `including` and `excluding`.
    """
    form = rows[0]["format"]
    pairs = [_pair(row) for row in rows]
    points = [
        {
            **pair,
            "name": row["name"],
            "cohort": label,
            "figure": pair[cohort],
            "shown": row[cohort].rounded,
        }
        for cohort, label in labels.items()
        for row, pair in zip(rows, pairs, strict=True)
    ]
    filled = drawing("dumbbells")
    domain = scale_of([pair[cohort] for pair in pairs for cohort in labels], form)
    for layer in filled["layer"]:
        layer["encoding"]["y"]["scale"] = {"domain": [pair["code"] for pair in pairs]}
        if "field" in layer["encoding"]["x"]:
            layer["encoding"]["x"]["scale"] = {"domain": list(domain), "nice": True}
            layer["encoding"]["x"]["axis"]["labelExpr"] = with_sign(form)
        for channel in {"color", "shape"}.intersection(layer["encoding"]):
            layer["encoding"][channel]["scale"]["domain"] = list(labels.values())
    return {
        **filled,
        "height": NAME_APART * len(rows),
        "datasets": {"pairs": pairs, "points": points},
    }


def drawing(name: str) -> Specification:
    """One of the drawings, without figures, to be filled."""
    specification: Specification = json.loads(_text(name))
    return specification


@cache
def _text(name: str) -> str:
    return (FOLDER / f"{name}.json").read_text(encoding="utf-8")


def place(value: Decimal | None) -> float | None:
    """Where a figure is drawn; what is written beside it comes from the figure itself."""
    return None if value is None else float(value)


def _pair(row: Record) -> dict[str, Any]:
    including, excluding = (float(row[each].shown) for each in ("including", "excluding"))
    return {
        "code": row["code"],
        "label": "\n".join(wrap(f"{row['code']}  {row['name']}", NAME_LINE)),
        "including": including,
        "excluding": excluding,
        "variance": display.variance(row["variance"], int(row["variance_sign"]), row["format"])
        + display.mark(row["marker"]),
        "end": max(including, excluding),
    }


def with_sign(form: str) -> str:
    """How an axis writes its figures: Vega's expression."""
    return f"datum.label + '{display.unit_sign(form)}'"
