"""Tables as data, then as HTML: columns are declared once, for the page and for the download.

A `Table` is a caption, columns and rows of records (one dict a row, from the store). Each `Col`
says how a record becomes a cell, and which data it is in the tidy download. The HTML is
one template, so that every table has a caption, scopes and one row header a row.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from scorecard.data_table import Column, DataTable, Sign
from scorecard.display import DIRECTIONS, MARKERS, RATINGS, VARIATIONS
from scorecard.outputs import Fragment
from scorecard.report import marks
from scorecard.report.datum import Datum, described

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scorecard.report.cell import Cell, Record

TEMPLATES = Environment(
    loader=PackageLoader("scorecard", "templates/fragments"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.globals.update(
    RATINGS=RATINGS, DIRECTIONS=DIRECTIONS, VARIATIONS=VARIATIONS, MARKERS=MARKERS
)


MOST = 4
"""Columns of a table that is read on a phone as it is; the rows of one with more become cards."""
OF_CARDS = {
    "target": "Target",
    "floor": "Floor standard",
    "num": "Numerator",
    "denom": "Denominator",
    "month_ago": "One month ago",
    "year_ago": "One year ago",
    "r3m": "Rolling 3 months",
}
"""The usual headings of fields, which the style sheet writes on cards: they are on many."""
PLAIN = ("code", "polarity", "data_period", "trend", "variation")
"""Fields that need no heading on a card."""


@dataclass(frozen=True)
class Col:
    """One column: its `data-field`, its heading, and how a record becomes its cell.

    `group` is the spanner heading above it; `numeric` aligns figures; those that are `set`,
    such as targets, have no marker; `header` makes it the row's header; `data` says what it is in
    the download.
    """

    field: str
    heading: str
    cell: Callable[[Record], Cell]
    group: str = ""
    numeric: bool = True
    header: bool = False
    set: bool = False
    data: Sequence[Datum] = ()

    @property
    def words(self) -> str:
        """Its heading with that above it: `Result, August 2016`."""
        return f"{self.heading}, {self.group}" if self.group else self.heading

    @property
    def labelled(self) -> bool:
        """Whether a card has its heading from the page, and not from the style sheet, or none."""
        usual = {"result": "Result", **OF_CARDS}.get(self.field)
        return not (self.header or self.field in PLAIN or self.heading == usual)


@dataclass(frozen=True)
class Table:
    """A table ready to be shown: `groups` are pairs of a group heading (or "") and records.

    `when` is the month, which a file says after the caption; a page has it in its title.
    `sheet` is the name of its worksheet in a spreadsheet, if not the table's own.
    `wide` tables print on landscape pages, `dense` ones have many narrow columns, and the rows of
    one `by_unit` are units, so that the county and the areas are easy to find. The rows of one that
    is `linked` are indicators, to which other pages link.
    """

    name: str
    caption: str
    columns: Sequence[Col]
    groups: Sequence[tuple[str, Sequence[Record]]]
    wide: bool = False
    dense: bool = False
    by_unit: bool = False
    linked: bool = False
    keys: Sequence[Datum] = field(default_factory=tuple)
    sheet: str = ""
    when: str = ""

    @property
    def stacked(self) -> bool:
        """Whether its rows are cards on a narrow screen; dense ones scroll sideways instead."""
        return len(self.columns) > MOST and not self.dense

    @property
    def html(self) -> str:
        """The table as a fragment of a page."""
        header = next((at for at, each in enumerate(self.columns) if each.header), None)
        rows = [
            (row, [each.cell(row) for each in self.columns])
            for _, rows in self.groups
            for row in rows
        ]
        figures = [
            at
            for at, each in enumerate(self.columns)
            if each.numeric and not (each.header or each.set)
        ]
        marked, rows = marks.once(rows, header, figures)
        notes = list(dict.fromkeys(cell.note for _, cells in rows for cell in cells if cell.note))
        left, heads = enumerate(rows, start=1), _heads(self.columns)
        return render(
            "table.html.jinja",
            table=self,
            heads=heads,
            headers=[name for head in heads for name in head.names],
            header=header or 0,
            after=len(self.columns) - (header or 0) - 1,
            groups=[(heading, list(islice(left, len(inside)))) for heading, inside in self.groups],
            notes=notes,
            marks={self.columns[at].field: mark for at, mark in marked.items()},
        )

    @property
    def data(self) -> DataTable:
        """The same figures, one row a record, for download."""
        records = [record for _, inside in self.groups for record in inside]
        columns = [(each.words, each.data) for each in self.columns]
        data = described(self.keys, columns, records)
        rows = [[datum.value(record) for datum in data] for record in records]
        signs = {str(each): each.meaning for row in rows for each in row if isinstance(each, Sign)}
        names = [Column(each.name, each.meaning, each.heading, each.signed) for each in data]
        return DataTable(self.name, self.caption, names, rows, signs, self.sheet, self.when)


@dataclass(frozen=True)
class HeadingCell:
    """A heading cell of the first heading row: a spanner over `columns`, or one column's.

    `at` is the place of its first column.
    """

    text: str
    columns: Sequence[Col]
    at: int

    @property
    def names(self) -> list[str]:
        """The ids of the headings of each of its columns."""
        above = f"s{self.at} " if self.columns[0].group else ""
        return [f"{above}h{self.at + n}" for n in range(len(self.columns))]


def render(template: str, **values: Any) -> str:
    """One template of `templates/fragments`, with every value escaped."""
    return TEMPLATES.get_template(template).render(**values)


def grouped(rows: Sequence[Record], key: str) -> list[tuple[str, list[Record]]]:
    """Records in groups of equal `key`, one for each, in the order of their first records."""
    groups: dict[str, list[Record]] = {}
    for row in rows:
        groups.setdefault(str(row[key]), []).append(row)
    return list(groups.items())


def _heads(columns: Sequence[Col]) -> list[HeadingCell]:
    heads: list[HeadingCell] = []
    for group, inside in groupby(enumerate(columns), lambda placed: placed[1].group):
        placed = list(inside)
        if group:
            heads.append(HeadingCell(group, [column for _, column in placed], placed[0][0]))
        else:
            heads += [HeadingCell(column.heading, [column], at) for at, column in placed]
    return heads


def shown(table: Table, before: str = "") -> Fragment:
    """A table as a notebook's output, with its download; `before` is a sentence above it."""
    opening = render("paragraph.html.jinja", text=before) if before else ""
    return Fragment(opening + table.html, tables=[table.data])
