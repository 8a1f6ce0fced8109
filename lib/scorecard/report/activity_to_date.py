"""Activity of the year to date and of the year before: flows added up, stocks at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorecard import display
from scorecard.figure import NOT_SHOWN
from scorecard.report import columns, columns_of_activity, in_files, year_prose
from scorecard.report.activity import no_measures
from scorecard.report.cell import Cell
from scorecard.report.datum import NUMBER, Datum
from scorecard.report.tables import Col, Table, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.data_table import Value
    from scorecard.figure import Withheld
    from scorecard.outputs import Fragment, Nothing
    from scorecard.report.cell import Record
    from scorecard.report.source import Source


def table(source: Source, chosen: Sequence[str]) -> Fragment | Nothing:
    """What was counted since the financial year began, and what is in hand, a year before too."""
    codes = source.catalogue.measures_of(chosen)
    if not codes:
        return no_measures(chosen)
    source.footnotes.activity = True
    rows = _rows(source, codes)
    begins, month = source.wording.year_begins, source.month
    this, last = (each.financial_year(begins) for each in (month, month - 12))
    first = month.year_opens(begins)
    whole = first + 11 == month
    span = f"{first.words} to {month.words}"
    table = Table(
        "activity-to-date",
        f"Activity in {this}, {span}, {source.name}",
        [
            columns_of_activity.name(),
            _when(span, f"at the end of {month.words}"),
            _sum(THIS, this if whole else f"{this} to {month.words}"),
            _sum(BEFORE, last if whole else f"{last}, the same months"),
            _difference(),
        ],
        [("", rows)],
        keys=[
            *in_files.UNIT_KEYS,
            in_files.MEASURE,
        ],
    )
    return shown(table, before=year_prose.sums_missing(rows, this, last))


def _rows(source: Source, codes: Sequence[str]) -> list[Record]:
    """The activity_to_date macro's records of the unit, of `codes` in that order.

    With `this_marker`, `year_ago_marker` and `marker` of both; `how` and `year_ago_how` say how
    a sum is withheld, None where it isn't.
    """
    unit, withholding = source.unit["unit"], source.withholding
    asked = source.records.activity_to_date(unit, source.month)
    found = {row["code"]: row for row in asked if row["unit"] == unit}
    rows: list[Record] = [{**found[code], "how": None, "year_ago_how": None} for code in codes]
    if withholding:
        small = source.records.small_sums(source.month, withholding.profile.threshold)
        linked = source.records.linked_measures(source.month)
        rows = [withholding.sums(row, small, linked) for row in rows]
    return [
        {
            **row,
            "this_marker": source.footnotes.marker_of(row["this_provenance"]),
            "year_ago_marker": source.footnotes.marker_of(row["year_ago_provenance"]),
            "marker": source.footnotes.marker_of(row["provenance"]),
        }
        for row in rows
    ]


def _sum(year: Year, heading: str) -> Col:
    """A sum of a measure's months."""

    def cell(row: Record) -> Cell:
        if row[year.how]:
            return columns.not_shown(row[year.how])
        if row[year.num] is None:
            return columns.missing(row[year.status])
        return Cell(display.figure(row[year.num], row["num_places"]), marker=row[year.marker])

    data = [
        Datum(
            year.field,
            f"Of what is counted over months the sum of {heading}, else the figure at their end",
            lambda row: _for_file(row, year.num, row[year.how]),
            unit=NUMBER,
        ),
        Datum(
            f"{year.field}_status",
            "Whether there is a sum, and if not, why",
            lambda row: NOT_SHOWN if row[year.how] else row[year.status],
        ),
    ]
    return Col(year.field, heading, cell, data=data)


def _when(flow: str, stock: str) -> Col:
    """What a measure's figure is of: the months added up, or the end of the last of them."""

    def words(row: Record) -> str:
        return flow if display.DATA_PERIODS[row["data_period"]].flow else stock

    data = [Datum("counted", "What is counted: the months added up, or a month's end", words)]
    return Col("counted", "Counted", lambda row: Cell(words(row)), numeric=False, data=data)


class Year(NamedTuple):
    """Where a record has a sum and what it says of it; `field` is what page and file call it."""

    num: str
    field: str
    status: str
    how: str
    marker: str


THIS = Year("num", "sum", "status", "how", "this_marker")
BEFORE = Year("year_ago_num", "sum_year_ago", "year_ago_status", "year_ago_how", "year_ago_marker")


def _difference() -> Col:
    """How many more or fewer than in the year before."""

    def cell(row: Record) -> Cell:
        if how := row["how"] or row["year_ago_how"]:
            return columns.not_shown(how)
        if row["difference"] is None:
            worse = "not-comparable" in (row["status"], row["year_ago_status"])
            return columns.missing("not-comparable" if worse else "not-available")
        text = display.change(row["difference"], row["num_places"])
        return Cell(text, aloud=display.aloud(text), marker=row["marker"])

    data = [
        Datum(
            "sum_difference",
            "The sum less that of the year before",
            lambda row: _for_file(row, "difference", row["how"] or row["year_ago_how"]),
            unit=NUMBER,
            signed=True,
        )
    ]
    return Col("sum_difference", "Difference", cell, data=data)


def _for_file(row: Record, field: str, how: Withheld | None) -> Value:
    """A sum, or a difference of sums, for a file: as on the page, or how it is withheld."""
    if how:
        return how.sign
    return None if row[field] is None else display.fixed(row[field], row["num_places"])
