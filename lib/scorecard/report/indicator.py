"""One indicator at a time: its results over time and in every area, and why it moved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorecard import display
from scorecard.outputs import Fragment, Stack
from scorecard.report import (
    breakdown,
    columns,
    columns_over_time,
    in_files,
    outlook_views,
    prose,
    result_prose,
    trend_outputs,
)
from scorecard.report.cell import Cell
from scorecard.report.commentary import on_panel
from scorecard.report.datum import OWN, POINTS, Datum
from scorecard.report.notes import data_notes
from scorecard.report.outlook import Outlook, month_of
from scorecard.report.scorecard import NO_INDICATORS
from scorecard.report.tables import Col, Table, render

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal
    from typing import Any

    from scorecard.data_table import Value
    from scorecard.figure import Figure
    from scorecard.months import Month
    from scorecard.outputs import Part
    from scorecard.report.cell import Record
    from scorecard.report.source import Source

    Moved = tuple[list[Record], list[Record]]
    """The records of an indicator that the macros movements and turnovers give."""

CODE = in_files.key("code", "Code of the indicator", "ID")
EFFECT_PLACES = 2
"""Decimals of a part's share of a change."""


def panels(source: Source, codes: Sequence[str]) -> Stack:
    """A panel for each indicator: its trend, all areas side by side, and its data notes."""
    rated = source.catalogue.rated_of(codes)
    codes = source.catalogue.rated if rated is None else rated
    units = [source.unit["unit"], *source.areas]
    everywhere = source.scorecards(units, codes)
    trends = source.trends(codes, units)
    processes = source.signals.processes(codes)
    panels: list[Stack] = []
    rows = source.rows(codes)
    if not rows:
        return Stack([NO_INDICATORS])
    outlook = Outlook(source, rows)
    for row in rows:
        code = row["code"]
        side = [source.with_streak(other) for other in everywhere if other["code"] == code]
        table = side_by_side(source, row, side, trends)
        parts: list[Part] = [
            words(row, outlook),
            *trend_outputs.trend(
                f"trend-{code}",
                trends[row["unit"], code],
                row,
                outlook.comparators(code),
                processes.get(code),
            ),
            *outlook_views.months(row, outlook, drawn=True),
            *breakdown.of_indicator(source, code),
            Fragment(
                table.html
                + outlook_views.areas(row, outlook, side[1:])
                + on_panel(source, row)
                + data_notes(row, source.wording.year_begins),
                tables=[table.data],
            ),
        ]
        panels.append(Stack(parts))
    files = outlook_views.files(source, rows, outlook, areas=True)
    return Stack(panels, [row["code"] for row in rows], files)


def words(row: Record, outlook: Outlook) -> Fragment:
    """An indicator's heading with its rating, and its result in sentences."""
    html = render("panel.html.jinja", row=row, sentence=result_prose.against_target(row))
    return Fragment(html + outlook_views.words(row, outlook))


def side_by_side(
    source: Source, row: Record, side: Sequence[Record], trends: Mapping[Any, Sequence[Record]]
) -> Table:
    """The results of an indicator in the unit and its areas, `side`, with small `trends`.

    The table of a unit without areas has another name, so that no link promises every area.
    """
    name, caption, sheet = "areas", f"{row['name']}: every area", "Every area"
    if not source.areas:
        name, caption, sheet = "result", f"{row['name']}, {source.name}", "Results"
    return Table(
        f"{name}-{row['code']}",
        caption,
        _area_columns(trends),
        [("", side)],
        by_unit=True,
        keys=[CODE],
        sheet=sheet,
        when=source.month.words,
    )


def movements(source: Source, codes: Sequence[str]) -> Stack:
    """Why each indicator moved whose rating is another one than in the previous report."""
    rows = source.rows(source.catalogue.rated_of(codes))
    moved = [row["code"] for row in prose.changed(rows)]
    then = source.earlier(None)
    found = _moved(source, moved, then)
    return Stack([_movement(source, code, then, found[code]) for code in moved], moved)


def movement(source: Source, code: str, since: str | None = None) -> Fragment:
    """Why the result moved: which units below, and which months came and went.

    Since the previous report, unless `since` names another month.
    """
    then = source.earlier(since)
    return _movement(source, code, then, _moved(source, [code], then)[code])


def _movement(source: Source, code: str, then: Month, moved: Moved | None) -> Fragment:
    """Why the result moved, from what has `moved` it since `then`."""
    row = source.since(code, then)
    name = f"{row['name']}, {source.name}"
    if moved is None:
        sentence = f"{name}: what moved it is not shown, because it rests on small numbers."
        return Fragment(render("paragraph.html.jinja", text=sentence))
    parts, months = moved
    now, before = row["latest"], row["previous"]
    tables = []
    if parts and before.direction:
        cols = _movement_columns(row["format"], then.words, source.month.words)
        parts = [
            {**row, **part, "latest": _of_part(source, now, part),
             "previous": _of_part(source, before, part, "earlier_")}
            for part in parts
        ]  # fmt: skip
        caption = f"{name}: change from {then.words} to {source.month.words}"
        tables.append(
            Table(
                f"movement-{code}",
                caption,
                cols,
                [("", parts)],
                keys=[CODE],
                sheet="What moved results",
            )
        )
    if months:
        caption = f"{name}: months that came into the data period and dropped out of it"
        turnover = [
            {**row, **each, "latest": replace(
                _of_part(source, now, {**each, "provenance": [each["provenance"]]}),
                shown=each["shown"])}
            for each in months
        ]  # fmt: skip
        cols = _turnover_columns()
        found = Table(
            f"turnover-{code}",
            caption,
            cols,
            [("", turnover)],
            keys=in_files.OF_ONE,
            sheet="Months in and out",
        )
        tables.append(found)
    sentence = result_prose.moved(row, then)
    html = render("paragraph.html.jinja", text=sentence) + "".join(table.html for table in tables)
    return Fragment(html, tables=[table.data for table in tables])


def _area_columns(trends: Mapping[Any, Sequence[Record]]) -> list[Col]:
    """One unit of several side by side."""
    return [
        columns.unit("Area"),
        columns.result(which=lambda row: f", {row['unit_name']}"),
        columns.numerator(),
        columns.denominator(),
        columns_over_time.earlier("month_ago", "One month ago"),
        columns_over_time.earlier("year_ago", "One year ago"),
        columns_over_time.trend_line(trends, data=columns_over_time.lasting()),
    ]


def _movement_columns(form: str, before: str, now: str) -> list[Col]:
    """A part of a whole, with its share of the change, of percentages in percentage points."""
    points = ", in percentage points" if form in display.PERCENTAGES else ""

    def effect(field: str, heading: str, meaning: str) -> Col:
        def rounded(row: Record) -> Decimal:
            return display.fixed(row[field], EFFECT_PLACES)

        def cell(row: Record) -> Cell:
            marks = dict.fromkeys(
                mark for each in (row["latest"], row["previous"]) if (mark := each.marker)
            )
            text = f"{rounded(row):+f}"
            return Cell(text, aloud=display.aloud(text, form), marker=", ".join(marks))

        data = [Datum(field, f"{meaning}{points}", rounded, heading, POINTS, signed=True)]
        return Col(field, f"{heading}{points}", cell, data=data)

    part = Col(
        "unit", "Unit", lambda row: Cell(row["unit_name"]), numeric=False, header=True,
        data=in_files.UNIT_KEYS,
    )  # fmt: skip
    return [
        part,
        columns.numerator(before, place="previous", field="previous_num", counts=True),
        columns.denominator(before, place="previous", field="previous_denom"),
        columns.numerator(now, counts=True),
        columns.denominator(now),
        effect("rate_effect", "Its own result", "Share of the change due to its own result"),
        effect("mix_effect", "Its weight", "Share of the change due to its weight in the whole"),
    ]


def _turnover_columns() -> list[Col]:
    """A month of a rolling figure that came in or dropped out."""

    def result(row: Record) -> Value:
        shown = row["latest"].shown
        return None if shown is None else display.rounded(shown, row["format"])

    def result_cell(row: Record) -> Cell:
        return (
            Cell(row["latest"].rounded, marker=row["latest"].marker)
            if row["latest"].rounded
            else columns.missing("not-applicable")
        )

    month = Col(
        "month", "Month", lambda row: Cell(f"{row['month']:%B %Y}"), numeric=False, header=True,
        data=[Datum("month", "Month", lambda row: str(month_of(row, "month")))],
    )  # fmt: skip
    reading = Col(
        "reading", "Change", lambda row: Cell(row["reading"]), numeric=False,
        data=[in_files.key("reading", "Whether the month came into the data period or left it")],
    )  # fmt: skip
    own = [Datum("result", "Result of the month by itself, rounded as shown", result, unit=OWN)]
    return [
        month,
        reading,
        columns.numerator(counts=True),
        columns.denominator(),
        Col("result", "Its own result", result_cell, data=own),
    ]


def _moved(source: Source, codes: Sequence[str], since: Month) -> dict[str, Moved | None]:
    """Which units below moved each indicator since, and which months came and went.

    None when a small number is among them, which everything else there would give away.
    """
    unit, withholding = source.unit["unit"], source.withholding
    found: dict[str, Moved | None] = {}
    if not codes:
        return found
    asked = (unit, codes, source.month, since)
    all_parts, all_months = source.records.movements(*asked), source.records.turnovers(*asked)
    for code in codes:
        parts = [row for row in all_parts if row["code"] == code]
        months = [row for row in all_months if row["code"] == code]
        small = withholding and (
            withholding.concerns(
                [unit, *(row["unit"] for row in parts if row["unit"])], [code], since
            )
            or any(withholding.is_small(row["num"], row["denom"]) for row in (*parts, *months))
            or any(withholding.is_small(row["earlier_num"], row["earlier_denom"]) for row in parts)
        )
        found[code] = None if small else (parts, months)
    return found


def _of_part(source: Source, whole: Figure, part: Record, earlier: str = "") -> Figure:
    """A figure of a part of `whole`, such as a unit below or a month, with its own markers.

    Those of its `provenance`; `earlier` begins the columns of the earlier month.
    """
    bare = replace(
        whole, num=part[f"{earlier}num"], denom=part[f"{earlier}denom"],
        provenance=tuple(part[f"{earlier}provenance"] or ()), revised=False, added_up=False,
        marker="", count_marker="", revised_marker="", sum_marker="",
    )  # fmt: skip
    return source.footnotes.with_markers(bare)
