"""Markers such as `[e]` said once: of a whole column in its heading, of a whole row in its header.

What a cell shows keeps its marker unless a heading says it. So a reader still knows of each figure
whether it is an estimate, and meets the same marker no more often than needed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scorecard.display import listed
from scorecard.months import Month

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard.report.cell import Cell, Record

FEWEST = 2
"""Figures of one column or row that have the same marker before its heading says so."""
MOST_RUNS = 2
"""The most runs of months without the marker that a heading names."""


@dataclass(frozen=True)
class Mark:
    """What a heading says of its figures: the marker, and in `rest` the rows that don't have it.

    With `no` it says that its column doesn't have the marker that the row headers say.
    """

    marker: str
    rest: str = ""
    no: bool = False


Body = list[tuple["Record", list["Cell"]]]


def once(
    rows: Body, header: int | None, known: Sequence[int] = ()
) -> tuple[Mapping[int, Mark], Body]:
    """Column → what its heading says, and the rows without the markers that a heading says.

    `header` is the column of the row headers. A column says it where all figures have the marker,
    or all but those of one unit or of some months; a row where all of its figures in the
    columns that are left have it. Cells without a figure are passed over. A row header is not
    true of columns without any marker: where these are among `known`, columns of figures that
    could have one, their headings say so.
    """
    marks: dict[int, Mark] = {}
    if header is None or not rows:
        return marks, rows
    marked = [at for at in range(len(rows[0][1])) if any(row[at].marker for _, row in rows)]
    made = [(record, list(cells)) for record, cells in rows]
    for at in marked:
        found = _of_column(rows, at, header)
        if found:
            marks[at] = found
            for _, cells in made:
                cells[at] = _silent(cells[at])
    left = [at for at in marked if at not in marks]
    in_rows: dict[str, None] = {}
    for _, cells in made:
        figures = [at for at in left if _has_figure(cells[at])]
        markers = {cells[at].marker for at in figures}
        if len(figures) >= FEWEST and len(markers) == 1 and "" not in markers:
            (marker,) = markers
            in_rows[marker] = None
            cells[header] = replace(cells[header], marker=marker)
            for at in figures:
                cells[at] = _silent(cells[at])
    for at in known:
        if in_rows and at not in marked and any(_has_figure(cells[at]) for _, cells in made):
            marks[at] = Mark(", ".join(in_rows), no=True)
    return marks, made


def _of_column(rows: Body, at: int, header: int) -> Mark | None:
    """What the heading of a column can say of it; None where too few figures have it."""
    figures = [place for place, (_, cells) in enumerate(rows) if _has_figure(cells[at])]
    markers = {rows[place][1][at].marker for place in figures}
    markers.discard("")
    if len(markers) != 1:
        return None
    having = [place for place in figures if rows[place][1][at].marker]
    others = [place for place in figures if not rows[place][1][at].marker]
    rest = _named(rows, others, header)
    if len(having) < FEWEST or len(others) >= len(having) or rest is None:
        return None
    return Mark(markers.pop(), rest)


def _named(rows: Body, places: Sequence[int], header: int) -> str | None:
    """The rows at `places` in a few words; None if no few words do.

    `Kent`, or up to two runs of months: `August 2015 and the last 3 months`.
    """
    records = [rows[place][0] for place in places]
    if not records:
        return ""
    name = rows[places[0]][1][header].text
    if len(places) == 1 and records[0].get("unit_name") == name:
        return name
    if not all("month" in record for record in records):
        return None
    runs: list[list[Month]] = []
    for month in sorted(_month(record) for record in records):
        if runs and runs[-1][-1] + 1 == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    if len(runs) > MOST_RUNS:
        return None
    last = max(_month(record) for record, _ in rows)
    return listed([_run(run, last) for run in runs])


def _month(record: Record) -> Month:
    """The month of a record, which has it as text or as its first day."""
    return Month.parse(str(record["month"])[: len("YYYY-MM")])


def _run(months: Sequence[Month], last: Month) -> str:
    """Months on end: `June 2016 to July 2016`; `the last 2 months` up to the `last` of a table."""
    if months[-1] == last:
        return f"the last {len(months)} months" if len(months) > 1 else "the last month"
    return " to ".join(dict.fromkeys((months[0].words, months[-1].words)))


def _has_figure(cell: Cell) -> bool:
    """Whether a cell shows a figure, and not why there is none."""
    return (bool(cell.text) and not cell.quiet) or bool(cell.marker)


def _silent(cell: Cell) -> Cell:
    """A cell whose marker a heading says."""
    return replace(cell, marker="", marked=cell.marker)
