"""A trend, its limits and the words at its lines."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from scorecard import display
from scorecard.report import comparators
from scorecard.report.charts import GREY, NAVY, PLUM, TEAL, Specification, drawing, place, with_sign
from scorecard.report.scales import LINE_APART, far_lines, scale_beside, spread

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scorecard.figure import Figure
    from scorecard.report.cell import Record
    from scorecard.report.variation import Process

HEIGHT = 200
"""Pixels from the bottom to the top of a trend's scale."""
OTHERS = "Others"
"""The kind of all lines of comparators."""


def trend(
    rows: Sequence[Record],
    others: Sequence[Record] = (),
    process: Process | None = None,
    height: int = HEIGHT,
) -> Specification:
    """The results of one indicator over time, with its target and floor named at their ends.

    A target or floor so far from the results that it would squeeze them is named at the edge.
    `rows` are records of the trend macro for one unit, oldest first, with `month_short` added;
    `others` those of comparators, whose results are lines too. With a `process` there are its
    limits and mean behind them, its steps, and a shape for each signal.
    """
    form = rows[0]["format"]
    results = [row["latest"].result for row in rows]
    held = _thresholds(rows)
    level = comparators.lines(others)
    theirs = {line: [value] * len(rows) for line, value in level.items()}
    limits = _limits(rows, process)
    drawn = [value for values in (results, *theirs.values()) for value in values]
    drawn += [limits[key] for key in ("expected_from", "expected_to") if limits]
    seen = [float(value) for value in drawn if value is not None]
    far = far_lines(seen, held, form)
    beyond = {line: held.pop(line) for line in far}
    drawn = [float(value) for values in held.values() for value in values if value is not None]
    domain = scale_beside(seen, drawn, form, far, height)
    canvas = _Canvas(rows, domain, height)
    filled = drawing("trend")
    _set_axes(filled, rows, domain)
    filled["height"] = height
    filled["datasets"] = {
        "results": _points(rows, process),
        "band": _band(rows, limits),
        "steps": _steps(rows, process, domain),
        "lines": _lines(rows, held, theirs),
        "ends": _ends(canvas, held),
        "names": [
            *_names(canvas, theirs),
            *_edges(canvas, {line: (beyond[line], far[line]) for line in far}),
        ],
    }
    return filled


@dataclass(frozen=True)
class _Canvas:
    """The months of a trend, the lower and the upper end of its scale, and its height in pixels."""

    rows: Sequence[Record]
    domain: tuple[float, float]
    height: int

    @property
    def months(self) -> list[str]:
        """The months as the axis names them, oldest first."""
        return [row["month_short"] for row in self.rows]

    def named(self, line: str, value: Decimal) -> str:
        """A line's name with its figure."""
        return f"{line} {display.threshold(value, self.rows[0]['format'])}"

    def apart(self, figures: Sequence[Decimal]) -> Iterator[float]:
        """Where on the scale the words of descending figures are drawn so that none touch."""
        low, high = self.domain
        places = [self.height * (high - float(each)) / (high - low) for each in figures]
        downs = spread(places, LINE_APART, self.height)
        return (high - down * (high - low) / self.height for down in downs)


SHAPES = {
    "improvement": "triangle-up", "concern": "triangle-down", "high": "diamond", "low": "diamond",
}  # fmt: skip
"""How a signal is drawn, as it is in tables."""


def _set_axes(filled: Specification, rows: Sequence[Record], domain: tuple[float, float]) -> None:
    """Give each layer of a drawing the months as x axis, and the scale `domain` as y axis."""
    months = [row["month_short"] for row in rows]
    x = {
        "field": "month",
        "type": "ordinal",
        "sort": None,
        "scale": {"domain": months, "padding": 0.3},
        "axis": {"title": None, "values": months[::-4][::-1]},
    }
    sign = with_sign(rows[0]["format"])
    y = {
        "field": "figure",
        "type": "quantitative",
        "scale": {"domain": list(domain), "nice": False, "zero": False},
        "axis": {"title": None, "tickCount": 5, "format": "~f", "labelExpr": sign},
    }
    for layer in filled["layer"]:
        layer["encoding"] |= {"x": x, "y": {**y, "field": layer["encoding"]["y"]["field"]}}


def _points(rows: Sequence[Record], process: Process | None) -> list[dict[str, Any]]:
    """The months of a trend, each with the shape of its signal."""
    signals = {row["month"]: row["variation"] for row in process.rows} if process else {}
    return [
        _point(row) | {"shape": SHAPES.get(signals.get(row["month"], ""), "circle")} for row in rows
    ]


def _steps(
    rows: Sequence[Record], process: Process | None, domain: tuple[float, float]
) -> list[dict[str, Any]]:
    """Both ends of the line at each step of a process."""
    return [
        {"month": step["month_short"], "figure": end}
        for step in (process.of(rows) if process else ())
        if step["step"]
        for end in domain
    ]


def _lines(
    rows: Sequence[Record],
    held: Mapping[str, Sequence[Decimal | None]],
    theirs: Mapping[str, Sequence[Decimal | None]],
) -> list[dict[str, Any]]:
    """The thresholds `held`, and the lines of comparators, month by month."""
    return [
        {
            "month": row["month_short"],
            "figure": place(value),
            "line": line if line in held else OTHERS,
            "name": line,
            "colour": _colour(line),
        }
        for line, values in {**held, **theirs}.items()
        for row, value in zip(rows, values, strict=True)
    ]


def _limits(rows: Sequence[Record], process: Process | None) -> Record:
    """The limits of a process with the months of `rows` that they hold for; empty without any."""
    months = [row["month_short"] for row in process.of(rows) if row["counted"]] if process else []
    if not process or process.signal["mean"] is None or not months:
        return {}
    return {**process.signal, "months": list(dict.fromkeys((months[0], months[-1])))}


def _band(rows: Sequence[Record], limits: Record) -> list[dict[str, Any]]:
    """Both ends of the band between the limits, with the mean."""
    return [
        {
            "month": month,
            "figure": place(limits["expected_from"]),
            "upper": place(limits["expected_to"]),
            "mean": place(limits["mean"]),
            "hollow": bool(limits["estimated"]),
        }
        for month in limits.get("months", ())
    ]


def _thresholds(rows: Sequence[Record]) -> dict[str, list[Decimal | None]]:
    """The lines of thresholds: target and floor, or the band of a T indicator."""
    lines: dict[str, list[Decimal | None]] = {
        "Target": [row["latest"].target for row in rows],
        "Floor": [row["latest"].floor_standard for row in rows],
    }
    low, high = zip(*(row["latest"].band for row in rows), strict=True)
    lines |= {"Red above": [*high], "Red below": [*low]}
    return {line: values for line, values in lines.items() if any(v is not None for v in values)}


def _point(row: Record) -> dict[str, Any]:
    """One month of a trend with what its tooltip says."""
    figure: Figure = row["latest"]
    return {
        "month": row["month_short"],
        "figure": place(figure.result),
        "hollow": bool(figure.marker),
        "Result": figure.in_full,
        "Rating": figure.rated,
        "Target": display.threshold(figure.target, row["format"]) or "No target held",
    }


def _ends(canvas: _Canvas, lines: Mapping[str, Sequence[Decimal | None]]) -> list[dict[str, Any]]:
    """The name and figure of each line, right of its end, moved apart where they would touch."""
    figures: list[Figure] = [row["latest"] for row in canvas.rows]
    last = next(each for each in reversed(figures) if each.result is not None)
    words = [(last.result or Decimal(0), last.in_full, NAVY, "bold")]
    for line, values in lines.items():
        value = next(value for value in reversed(values) if value is not None)
        words.append((value, canvas.named(line, value), _colour(line), "normal"))
    words.sort(key=lambda end: -end[0])
    apart = canvas.apart([end[0] for end in words])
    return [
        {
            "month": canvas.months[-1],
            "figure": figure,
            "text": text,
            "colour": colour,
            "weight": weight,
        }
        for (_, text, colour, weight), figure in zip(words, apart, strict=True)
    ]


def _names(canvas: _Canvas, lines: Mapping[str, Sequence[Decimal | None]]) -> list[dict[str, Any]]:
    """The name and figure of each comparator, on its line, moved apart where they would touch."""
    given = sorted(
        ((values[-1] or Decimal(0), line) for line, values in lines.items()), reverse=True
    )
    apart = canvas.apart([value for value, _ in given])
    return [
        {
            "month": canvas.months[0],
            "figure": figure,
            "text": canvas.named(line, value),
            "colour": GREY,
        }
        for (value, line), figure in zip(given, apart, strict=True)
    ]


def _edges(
    canvas: _Canvas, lines: Mapping[str, tuple[Sequence[Decimal | None], bool]]
) -> Iterator[dict[str, Any]]:
    """The name and figure of each line out of sight, at the edge that it is beyond.

    `lines` are their figures, and whether they are above the scale; the furthest is outermost.
    """
    low, high = canvas.domain
    line = (high - low) * LINE_APART / canvas.height
    last = {
        name: (next(value for value in reversed(values) if value is not None), above)
        for name, (values, above) in lines.items()
    }
    for above, side in ((True, "above"), (False, "below")):
        ends = sorted((value, name) for name, (value, up) in last.items() if up == above)
        for number, (value, name) in enumerate(reversed(ends) if above else ends):
            yield {
                "month": canvas.months[0],
                "figure": high - line * (number + 1) if above else low + line * number,
                "text": f"{canvas.named(name, value)} is {side} this chart",
                "colour": _colour(name),
            }


def _colour(line: str) -> str:
    """The colour of a threshold's line, or of a comparator's."""
    return {"Target": TEAL, "Floor": PLUM, "Red above": PLUM, "Red below": PLUM}.get(line, GREY)
