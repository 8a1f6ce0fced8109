"""Several indicators over the same months, as lines of one chart."""

from __future__ import annotations

from dataclasses import replace
from textwrap import shorten
from typing import TYPE_CHECKING, TypeVar

from scorecard import display
from scorecard.errors import ChartError
from scorecard.outputs import Chart, Nothing
from scorecard.report import captions, columns, columns_over_time, in_files
from scorecard.report.columns_of_activity import within
from scorecard.report.counting import at
from scorecard.report.lines import SERIES, lines
from scorecard.report.tables import Col, Table
from scorecard.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scorecard.report.cell import Record
    from scorecard.report.source import Source

T = TypeVar("T")
LINE_LENGTH = 80
"""Letters of an indicator's name in the legend."""


def trends(source: Source, codes: Sequence[str]) -> Chart | Nothing:
    """The trends of `codes` on one scale; `ChartError` where they have none in common."""
    indicators = source.rows(codes)
    forms = {row["format"]: row for row in indicators}
    if len(forms) != 1:
        named = ", ".join(f"{row['code']} in {form}" for form, row in forms.items())
        raise ChartError(f"these indicators have no scale in common ({named}): ask for one kind")
    if len(indicators) > len(SERIES):
        raise ChartError(
            f"{len(indicators)} lines can't be told apart: ask for at most {len(SERIES)}"
        )
    (form,) = forms
    found = source.trends(codes)
    rows = [
        {**row, "line": shorten(f"{row['code']}. {row['name']}", LINE_LENGTH, placeholder=" …")}
        for each in indicators
        for row in found.get((each["unit"], each["code"]), ())
    ]
    if all(row["latest"].shown is None for row in rows):
        return Nothing("There is no result of these indicators to show.")
    span, name = captions.span(rows), f"trends-{'-'.join(codes)}"
    table = _table(f"{name}-data", f"{source.name}, {span}", indicators, rows)
    return Chart(
        name=name,
        spec=lines(rows, form),
        title=f"{counted(len(indicators), 'indicator', 'indicators')} beside each other, {span}",
        subtitle=f"{source.name}, each over its own data period"
        + captions.hollow_points(rows)
        + captions.gaps(rows),
        description=_description(rows),
        table_html=table.html,
        tables=[table.data],
    )


def _table(name: str, caption: str, indicators: Sequence[Record], rows: Sequence[Record]) -> Table:
    """A row for each month, with the results of all indicators."""
    months: dict[str, Record] = {}
    figures: dict[str, dict[str, Record]] = {}
    for row in rows:
        of_month = figures.setdefault(row["month"], {})
        of_month[row["code"]] = row
        months[row["month"]] = {
            "month": row["month"], "month_words": row["month_words"], "figures": of_month
        }  # fmt: skip
    cols = [columns_over_time.month(), *map(_result, indicators)]
    return Table(name, caption, cols, [("", [months[month] for month in sorted(months)])])


def _result(indicator: Record) -> Col:
    """The results of one indicator."""
    code, name = indicator["code"], indicator["name"]
    data = [
        in_files.part(code, f"{name}: result, {in_files.ROUNDED}", "latest"),
        in_files.part(
            f"{code}_status", "Whether there is one, and if not, why", "latest", "status"
        ),
        in_files.provenance_of(code),
    ]
    column = within(code, Col(code, f"{code}. {name}", columns.in_full("latest"), data=data))
    return replace(
        column,
        cell=_where_there(code, column.cell, columns.missing("not-available")),
        data=[replace(each, value=_where_there(code, each.value, None)) for each in column.data],
    )


def _where_there(code: str, read: Callable[[Record], T], otherwise: T) -> Callable[[Record], T]:
    """`read`, but `otherwise` of a month in which the indicator has no record."""
    return lambda row: read(row) if code in row["figures"] else otherwise


def _description(rows: Sequence[Record]) -> str:
    """The text alternative: the first and the last result of each line."""
    sentences = [f"A line chart with a line for each of these, over {captions.span(rows)}."]
    for line in dict.fromkeys(row["line"] for row in rows):
        known = [row for row in rows if row["line"] == line and row["latest"].shown is not None]
        ends = [known[0], known[-1]] if len(known) > 1 else known
        results = display.listed([at(row) for row in ends]) or "no result is shown"
        sentences.append(f"{line}: {results}.")
    return " ".join(sentences)
