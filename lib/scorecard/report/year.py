"""A year's out-turn beside the year before's, a quarter's months, and activity to date."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from scorecard import display
from scorecard.figure import NOT_SHOWN
from scorecard.months import Month
from scorecard.report import columns, columns_of_activity, columns_over_time, year_prose
from scorecard.report.activity import no_measures
from scorecard.report.cell import Cell
from scorecard.report.datum import NUMBER, Datum
from scorecard.report.scorecard import NO_INDICATORS
from scorecard.report.tables import Col, Table, grouped, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scorecard.data_table import Value
    from scorecard.figure import Figure, Withheld
    from scorecard.outputs import Fragment, Nothing
    from scorecard.report.cell import Record
    from scorecard.report.source import Source

KEYS = (*columns.UNIT_KEYS, columns.SECTION)


def outturn(source: Source, codes: Sequence[str]) -> Fragment | Nothing:
    """The last month by itself, the year's out-turn and that of the year before, side by side.

    Above it, why some can't be compared.
    """
    rows = source.outturn(source.rated_of(codes))
    if not rows:
        return NO_INDICATORS
    begins, month = source.wording.year_begins, source.month
    this, last = (each.financial_year(begins) for each in (month, source.previous))
    alone = f"{month.words} alone"
    another = any(row["previous"].target not in (None, row["latest"].target) for row in rows)
    years = {this: _without_targets(rows, "latest"), last: _without_targets(rows, "previous")}
    table = Table(
        "outturn",
        f"Out-turn {this} beside {last}, {source.name}",
        [
            columns.code(),
            columns.name(),
            columns.polarity(),
            columns.data_period(),
            _alone(alone),
            columns.numerator(alone, place="month_alone", field="month_alone_num"),
            columns.denominator(alone, place="month_alone", field="month_alone_denom"),
            _said_once(columns.result(heading=f"Out-turn {this}"), unrated=years[this]),
            columns.numerator(this),
            columns.denominator(this),
            *([] if years[this] else [columns.target(this)]),
            _said_once(_last_year(f"Out-turn {last}"), unrated=years[last]),
            *([columns.target(last, place="previous", field="previous_target")] if another else []),
        ],
        grouped(rows, "section"),
        wide=True,
        linked=True,
        keys=KEYS,
        sheet="Out-turn",
    )
    added = {row["code"] for row in source.indicators if _is_new(row, source.previous)}
    before = [
        year_prose.not_rated("out-turn", [year for year, without in years.items() if without]),
        year_prose.alone(month) if any(row["month_alone"] for row in rows) else "",
        year_prose.not_compared(rows, added, last),
    ]
    return shown(table, before=" ".join(filter(None, before)))


def _without_targets(rows: Sequence[Record], place: str) -> bool:
    """Whether no result in `place` has a target, so that none of them is rated."""
    return all(row[place].target is None for row in rows)


def _said_once(column: Col, *, unrated: bool) -> Col:
    """A column of results whose cells don't say that they are not rated, if a sentence does."""
    if not unrated:
        return column
    return replace(column, cell=lambda row: replace(column.cell(row), rating=None))


def _is_new(indicator: Record, since: Month) -> bool:
    """Whether an indicator was added after a month."""
    return indicator["added"] is not None and Month.of(indicator["added"]) > since


def quarter(source: Source, codes: Sequence[str]) -> Fragment | Nothing:
    """The quarter's three months, beside the quarter before and the same quarter a year ago."""
    rows = source.rows(source.rated_of(codes))
    if not rows:
        return NO_INDICATORS
    first, second = source.month - 2, source.month - 1
    trends = source.trends([row["code"] for row in rows])
    rows = [
        {**row, **dict(zip(EARLIER, (each["latest"] for each in earlier), strict=True))}
        for row in rows
        for earlier in [trends[row["unit"], row["code"]][-3:-1]]
    ]
    this = source.month.words
    months = {first.words: EARLIER[0], second.words: EARLIER[1], this: "latest"}
    unrated = [words for words, place in months.items() if _without_targets(rows, place)]
    table = Table(
        "quarter",
        f"Quarter to {source.month.words}, {source.name}",
        [
            columns.code(),
            columns.name(),
            columns.polarity(),
            columns.data_period(),
            *(
                _said_once(
                    columns.result(
                        place=place,
                        field=place,
                        heading=month.words,
                        about=f"the {words} month of the quarter",
                        which=_in(month),
                    ),
                    unrated=month.words in unrated,
                )
                for place, month, words in zip(
                    EARLIER, (first, second), ("first", "second"), strict=True
                )
            ),
            _said_once(columns.result(heading=this), unrated=this in unrated),
            columns.numerator(this),
            columns.denominator(this),
            *([] if this in unrated else [columns.target(this)]),
            columns_over_time.earlier("previous", f"Quarter to {source.previous.words}"),
            columns_over_time.earlier("year_ago", "One year ago"),
        ],
        grouped(rows, "section"),
        wide=True,
        linked=True,
        keys=KEYS,
    )
    return shown(table, before=year_prose.not_rated("result", unrated))


EARLIER = ("first_month", "second_month")
"""The figures of a quarter's first two months in a record; the third is `latest`."""


def _in(month: Month) -> Callable[[Record], str]:
    return lambda row: f", {month.words}"


def activity(source: Source, chosen: Sequence[str]) -> Fragment | Nothing:
    """What was counted since the financial year began, beside the same months a year before."""
    codes = [code for code in source.measures_of(chosen) if code in source.flows]
    if not codes:
        return no_measures(chosen)
    source.used_activity = True
    rows = source.activity_to_date(codes)
    begins, month = source.wording.year_begins, source.month
    this, last = (each.financial_year(begins) for each in (month, month - 12))
    first = Month.of(rows[0]["first_month"])
    whole = rows[0]["months"] == 12
    table = Table(
        "activity-to-date",
        f"Activity in {this}, {first.words} to {month.words}, {source.name}",
        [
            columns_of_activity.name(),
            _sum(THIS, this if whole else f"{this} to {month.words}"),
            _sum(BEFORE, last if whole else f"{last}, the same months"),
            _difference(),
        ],
        [("", rows)],
        keys=[
            *columns.UNIT_KEYS,
            columns.MEASURE,
        ],
    )
    return shown(table, before=year_prose.sums_missing(rows, this, last))


def _alone(heading: str) -> Col:
    """The month by itself, which is not rated; a dash where the out-turn is the month's result."""

    def cell(row: Record) -> Cell:
        figure: Figure | None = row["month_alone"]
        if figure is None:
            return Cell("-", hidden=" the out-turn is the result of this month", quiet=True)
        if figure.shown is None:
            return columns.absent(figure)
        return Cell(figure.rounded, marker=figure.signs)

    return Col(
        "month_alone",
        heading,
        cell,
        data=columns.unrated("month_alone", "Result of the last month by itself", "month_alone"),
    )


def _last_year(heading: str) -> Col:
    """The out-turn of the year before with its rating, and the direction of travel since."""
    result = columns.result(
        place="previous",
        field="year_ago",
        heading=heading,
        about="the year before",
        which=_last,
    )

    def cell(row: Record) -> Cell:
        return replace(result.cell(row), direction=columns_over_time.arrow(row, row["previous"]))

    direction = columns.datum(
        "year_ago_direction",
        "Direction of travel since: better, worse or same",
        "previous",
        "direction",
    )
    return replace(result, cell=cell, data=[*result.data, direction])


def _last(row: Record) -> str:
    return ", the year before"


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
            f"Sum of {heading}",
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
        if row["year_ago_how"]:
            return columns.not_shown(row["year_ago_how"])
        if row["difference"] is None:
            worse = "not-comparable" in (row["status"], row["year_ago_status"])
            return columns.missing("not-comparable" if worse else "not-available")
        text = display.change(row["difference"], row["num_places"])
        return Cell(text, aloud=display.aloud(text), marker=row["marker"])

    data = [
        Datum(
            "sum_difference",
            "The sum less that of the year before",
            lambda row: _for_file(row, "difference", row["year_ago_how"]),
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
