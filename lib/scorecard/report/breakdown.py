"""The groups that an indicator is broken down by, with small bars, beside the whole."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from scorecard.figure import WHOLE
from scorecard.outputs import Fragment, Nothing, Stack
from scorecard.report import captions, columns, in_files
from scorecard.report.cell import Cell
from scorecard.report.tables import Col, Table, render, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.report.cell import Record
    from scorecard.report.source import Source

LENGTH, HEIGHT = 160, 12
"""Pixels of the longest bar, and of the drawing; a bar's ends are round, which adds 4 at each."""


def groups(source: Source, codes: Sequence[str]) -> Stack:
    """The breakdowns of several indicators, in the order of `codes`, or of all."""
    found = {code: of_indicator(source, code) for code in codes or source.catalogue.rated}
    parts = {code: Stack(tables) for code, tables in found.items() if tables}
    if not parts:
        return Stack([Nothing("No result of a group was supplied.")])
    return Stack([*parts.values()], [*parts])


def of_indicator(source: Source, code: str) -> list[Fragment]:
    """The breakdowns of one indicator: a table for each dimension, nothing where it has none."""
    rows = [row for row in source.breakdowns if row["code"] == code]
    divided = groupby(rows, lambda row: row["dimension"])
    return [_table(source, number, [*found]) for number, (_, found) in enumerate(divided, start=1)]


def _table(source: Source, number: int, rows: Sequence[Record]) -> Fragment:
    """The groups of one dimension and the whole; only a sentence where all groups are withheld."""
    first = rows[0]
    if all(row["latest"].withheld() for row in rows):
        return Fragment(render("paragraph.html.jinja", text=captions.groups_withheld(rows)))
    everybody = [*rows, {**first, "cohort": WHOLE, "cohort_name": "All", "latest": first["whole"]}]
    table = Table(
        f"groups-{first['code']}-{number}",
        f"{first['name']} by {first['dimension']}: {source.name}",
        [_group(everybody), _result(), columns.numerator(), columns.denominator()],
        [("", everybody)],
        keys=[
            *in_files.OF_ONE,
            in_files.key("dimension", "What the groups divide children by", "Divided by"),
            in_files.key(
                "cohort",
                "Name of the group, as in cohorts.csv; all for everybody",
                "Group's short name",
            ),
        ],
        sheet="Groups of children",
        when=source.month.words,
    )
    return shown(table, captions.groups(everybody))


def _group(rows: Sequence[Record]) -> Col:
    """The group, the header of its row, over a bar as long as its result; its row has it in words.

    The highest of `rows` is the longest. The bar is hollow where the result carries a marker, such
    as an estimate's.
    """
    highest = captions.highest(rows)

    def cell(row: Record) -> Cell:
        figure = row["latest"]
        if not figure.result or not highest:
            return Cell(row["cohort_name"])
        path = f'd="M4 {HEIGHT // 2}h{round(LENGTH * figure.result / highest.result)}"'
        hole = f'<path class="hole" {path}/>' if figure.marker else ""
        bar = Markup(  # noqa: S704 (numbers and our own words)
            f'<svg class="spark" width="{LENGTH + 8}" height="{HEIGHT}" aria-hidden="true">'
            f'<path class="ring" {path}/>{hole}</svg>'
        )
        return Cell(row["cohort_name"], html=bar)

    dimension = rows[0]["dimension"]
    return Col(
        "group",
        dimension[:1].upper() + dimension[1:],
        cell,
        numeric=False,
        header=True,
        data=[in_files.key("cohort_name", "Name of the group on the page")],
    )


def _result() -> Col:
    """A result that is not rated."""

    def cell(row: Record) -> Cell:
        figure = row["latest"]
        if figure.shown is None:
            return columns.absent(figure)
        return Cell(figure.in_full, marker=figure.signs)

    return Col(
        "result",
        "Result",
        cell,
        data=in_files.unrated("result", f"Result, {in_files.ROUNDED}", "latest"),
    )
