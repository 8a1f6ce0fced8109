"""Process behaviour charts: in a trend of month-end results, or of each month of a rolling result.

A snapshot's trend shows monthly values, so its chart gains limits, mean and signals. A result over
several months has a chart of each month by itself below its trend. `rows` are records of the macro
`all_process_limits` as `Signals.processes` gives them, and `signal` is one of the macro
`signals_of`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorecard import display
from scorecard.display import ASSURANCES, VARIATIONS, listed
from scorecard.outputs import Chart
from scorecard.report import captions, columns_over_time, in_files, titles, trend_chart
from scorecard.report.cell import Cell
from scorecard.report.datum import OWN, Datum
from scorecard.report.tables import Col, Table
from scorecard.report.variation import expected_range, has_own_months, is_judged, limits
from scorecard.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scorecard.data_table import Value
    from scorecard.figure import Figure
    from scorecard.report.cell import Record
    from scorecard.report.variation import Process


def own_months(name: str, trend: Sequence[Record], process: Process) -> list[Chart]:
    """Each month of a rolling result by itself; nothing without limits, or if all is estimated."""
    signal, rows = process.signal, process.rows
    if not has_own_months(signal):
        return []
    months = [{**trend[-1], **row, "latest": _own(row, trend)} for row in rows]
    table = Table(
        f"{name}-data",
        f"{trend[-1]['name']}, {trend[-1]['unit_name']}, each month by itself",
        [columns_over_time.month(), _value(), variation_of_month()],
        [("", rows)],
        keys=in_files.OF_ONE,
        sheet="Each month alone",
    )
    return [
        Chart(
            name=name,
            spec=trend_chart.trend(months, process=process, height=OWN_HEIGHT),
            title=own_title(trend[-1]["short_name"], process),
            subtitle=f"{trend[-1]['name']}: {trend[-1]['unit_name']}, each month by itself, "
            + captions.span(months)
            + captions.hollow_points(months)
            + process_subtitle(process, rows),
            description=f"Line chart of {counted(len(rows), 'month', 'months')}, each by itself."
            + process_description(process, rows),
            table_html=table.html,
            tables=[table.data],
        )
    ]


OWN_HEIGHT = 150
"""Pixels of the chart of each month by itself, which is below a larger one."""


def own_title(called: str, process: Process) -> str:
    """What the last month by itself is: `Reviews, June alone: 27.8%, ordinary variation`."""
    signal, last = process.signal, process.rows[-1]
    kind = signal["variation"]
    how = "ordinary variation" if kind == "ordinary" else _real(kind)
    figure = display.result(signal["value"], signal["format"], signal["range_places"])
    doubt = "by estimates, " if signal["estimated"] else ""
    result = f"{display.grouped(figure)}{display.mark(last['marker'])}"
    start = f"{called}, {last['month_words'].split()[0]} alone: {result}, {doubt}"
    return titles.fitting([start + each for each in (how, VARIATIONS[kind].word.lower())])


def process_title(process: Process) -> str:
    """Of what kind the last month is a real change that rests on facts; empty where it is none."""
    kind = process.signal["variation"]
    real = is_judged(process.signal) and kind != "ordinary"
    return _real(kind) if real else ""


def _real(kind: str) -> str:
    """A real change in short: `a real change to higher figures`."""
    return VARIATIONS[kind].meaning.split(",")[0]


def process_subtitle(process: Process, shown: Sequence[Record]) -> str:
    """The end of a chart's subtitle: what the band, the shapes and the dotted line are."""
    signal, words = process.signal, ""
    if signal["mean"] is not None:
        band = "Dashed" if signal["estimated"] else "Grey"
        words += f". {band} band: expected range, {_limits(signal)}"
        words += f". {assured}" if (assured := _assured(signal)) else ""
    kinds = dict.fromkeys(each["variation"] for each in shown if _is_real(each))
    if kinds:
        signs = [f"{VARIATIONS[kind].sign} {VARIATIONS[kind].word.lower()}" for kind in kinds]
        words += f". {_real_changes(signal)}: {listed(signs)}"
    for row in shown:
        if row["step"]:
            words += f". Dotted line: {_reason(row)}, {row['month_words']}"
    return words


def process_description(process: Process, shown: Sequence[Record]) -> str:
    """What a chart's text alternative says of limits, real changes and steps; empty without any."""
    signal, sentences = process.signal, []
    if signal["mean"] is not None:
        sentences.append(f"The expected range is {_limits(signal)}.")
        sentences += [f"{assured}."] if (assured := _assured(signal)) else []
    real: dict[str, list[str]] = {}
    for each in shown:
        if _is_real(each):
            real.setdefault(each["variation"], []).append(each["month_words"])
    if real:
        found = [f"{kind} in {_months(months)}" for kind, months in real.items()]
        sentences.append(f"{_real_changes(signal)}: {listed(found)}.")
    sentences += [
        f"In {row['month_words']} the limits begin anew: {_reason(row)}."
        for row in shown if row["step"]
    ]  # fmt: skip
    return "".join(f" {each}" for each in sentences)


CHANGED = {
    "will-meet": ("concern",),
    "will-not-meet": ("improvement",),
    "may-or-may-not": ("concern", "improvement"),
}
"""What the range promises → the real changes of the last month that speak against it."""


def _assured(signal: Record) -> str:
    """Whether months within the range meet the target; empty without a target."""
    promise, change = signal["assurance"], signal["variation"]
    if not promise:
        return ""
    but = f", but the latest month shows {change}" if change in CHANGED[promise] else ""
    return f"By this range a month {ASSURANCES[promise]}{but}"


def _reason(row: Record) -> str:
    """Why the limits begin anew, without the full stop that it may end with."""
    return str(row["step"]).rstrip(".")


def _real_changes(signal: Record) -> str:
    return "Real changes by estimates" if signal["estimated"] else "Real changes"


def _months(months: Sequence[str]) -> str:
    """`May 2024`, or `8 months up to August 2016`."""
    return months[0] if len(months) == 1 else f"{len(months)} months up to {months[-1]}"


def _limits(signal: Record) -> str:
    """`9.9% to 11.7%, mean 10.8%, by 24 months [e]`."""
    mean = display.result(signal["mean"], signal["format"], signal["range_places"])
    mark = display.mark(signal["marker"])
    limits = display.grouped(f"{expected_range(signal)}, mean {mean}")
    return f"{limits}, by {signal['points']} months{mark}"


def _is_real(row: Record) -> bool:
    return row["variation"] not in (None, "ordinary")


def variation_of_month() -> Col:
    """What each month of a chart is, with the limits in the download."""

    def cell(row: Record) -> Cell:
        kind = row["variation"]
        if kind is None:
            return Cell("–", hidden=" no limits", quiet=True)
        return Cell(VARIATIONS[kind].word, variation=kind)

    def figure(key: str) -> Callable[[Record], Value]:
        def value(row: Record) -> Value:
            places: int | None = row["range_places"]
            return None if places is None else display.fixed(row[key], places)

        return value

    return Col(
        "variation",
        "Variation",
        cell,
        numeric=False,
        data=[
            in_files.key("variation", "Variation of the month by the limits"),
            *limits(figure),
        ],
    )


def _value() -> Col:
    """A month's own result."""

    def cell(row: Record) -> Cell:
        return Cell(display.result(row["value"], row["format"], _places(row)), marker=row["marker"])

    return Col(
        "own_month",
        "Own result",
        cell,
        data=[
            Datum(
                "own_month",
                "The month's own result",
                lambda row: display.fixed(row["value"], _places(row)),
                unit=OWN,
            ),
            Datum(
                "own_month_provenance", in_files.PROVENANCE_MEANING, in_files.given("provenance")
            ),
        ],
    )


def _places(row: Record) -> int:
    """The decimals of a month's own result, as many as show its side of the limits."""
    return row["range_places"] or display.usual_places(row["format"])


def _own(row: Record, trend: Sequence[Record]) -> Figure:
    """A month's own result as a figure to draw, beside the target of that month if there is one."""
    last: Figure = trend[-1]["latest"]
    places = _places(row)
    shown = display.fixed(row["value"], places)
    return replace(
        last, result=row["value"], shown=shown, precise=shown, places=places, rating=None,
        status="available", marker=row["marker"], target=row["target_then"], floor_standard=None,
        green_within=None, amber_within=None, withheld_parts=frozenset(),
    )  # fmt: skip
