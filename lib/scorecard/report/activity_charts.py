"""The charts of activity: several measures over the same months, each small, with their words."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

from scorecard import display
from scorecard.display import listed
from scorecard.outputs import Chart
from scorecard.report import captions, columns_of_activity, columns_over_time
from scorecard.report.captions import span
from scorecard.report.charts import drawing, place
from scorecard.report.counting import Kind, all_of, part, shares, these
from scorecard.report.tables import Table
from scorecard.report.titles import fitting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.figure import Figure
    from scorecard.months import Month
    from scorecard.report.cell import Record
    from scorecard.report.charts import Specification
    from scorecard.report.source import Source

NAMED = 3
"""Measures that a headline names; of more it says how many rose and fell."""
MOVED = {
    "rose": Kind.having("rose"),
    "fell": Kind.having("fell"),
    "same": Kind.having("remained the same"),
}


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
        dense=True,
    )
    return Chart(
        name=name,
        spec=specification(rows),
        title=multiples_title(rows, month, source.footnotes.doubtful),
        subtitle=f"{when}, {unit}, {captions.span(rows)}. "
        "Each chart has its own scale" + captions.hollow_points(rows) + captions.gaps(rows) + ".",
        description=multiples_description(rows),
        table_html=table.html,
        tables=[table.data],
    )


def specification(rows: Sequence[Record], columns: int = 2) -> Specification:
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


def multiples_title(rows: Sequence[Record], month: Month, doubtful: set[str]) -> str:
    """What activity measures did since last month, as the headline of several small charts.

    A headline never compares figures of a `doubtful` provenance, one that has a footnote; where no
    measure is left to compare, it gives this month's figures only. It claims no largest change:
    what is largest in number is seldom largest in per cent, and the section has other tables.
    """
    figures = {
        (row["short_name"], row["month"]): row["latest"]
        for row in rows
        if row["latest"].num is not None
    }
    names = list(dict.fromkeys(row["short_name"] for row in rows))
    pairs = {
        name: [figures.get((name, str(when))) for when in (month - 1, month)] for name in names
    }
    moves = [
        (name, before, after)
        for name, (before, after) in pairs.items()
        if before and after and doubtful.isdisjoint(before.provenance + after.provenance)
    ]
    if not moves:
        latest = [f"{name} {with_marker(now)}" for name, (_, now) in pairs.items() if now]
        return fitting([
            *(f"In {month.words}: {listed(latest[:most])}" for most in (3, 2, 1) if latest),
            f"No figures for {month.words}",
        ])  # fmt: skip
    found = shares([_moved(before, after) for _, before, after in moves], MOVED)
    if len(moves) < len(names):
        compared = (
            part(moves, names, "measures", f" with {(month - 1).words}"),
            f"{len(moves)} of {len(names)} measures comparable",
        )
        return fitting([f"{each}: {these(found)}" for each in compared])
    named = [] if len(moves) > NAMED else [
        listed([_move(*move, since=since) for move in moves]) for since in (True, False)
    ]  # fmt: skip
    return fitting([*named, f"In {month.words}, {all_of(found, 'measure', 'measures')}"])


def _moved(before: Figure, after: Figure) -> str:
    """Whether a measure rose, fell, or remained the same."""
    change = (after.num or 0) - (before.num or 0)
    return "rose" if change > 0 else "fell" if change else "same"


def _move(name: str, before: Figure, after: Figure, *, since: bool) -> str:
    """A measure's figure, with that of last month if it has room: `Referrals rose to 1,202`."""
    how = _moved(before, after)
    if how == "same":
        return f"{name} remained at {after.counted()}"
    return f"{name} {how} {f'from {before.counted()} ' if since else ''}to {after.counted()}"


def with_marker(figure: Figure) -> str:
    """An activity figure with its marker."""
    return f"{figure.counted()}{display.mark(figure.signs)}"


def multiples_description(rows: Sequence[Record]) -> str:
    """The text alternative of several small charts: first and last figure of each measure.

    Months that are not those of the whole chart are said beside the figures.
    """
    months = span(rows)
    sentences = [f"A small line chart for each indicator, {months}."]
    for name in dict.fromkeys(row["name"] for row in rows):
        known = [row for row in rows if row["name"] == name and row["latest"].num is not None]
        ends = [known[0], known[-1]] if len(known) > 1 else known
        if ends and span(ends) == months:
            words = " to ".join(with_marker(row["latest"]) for row in ends)
            sentences.append(f"{name}: {words}.")
        elif ends:
            words = ", ".join(
                f"{with_marker(row['latest'])} in {row['month_words']}" for row in ends
            )
            sentences.append(f"{name}: {words}.")
    return " ".join(sentences)
